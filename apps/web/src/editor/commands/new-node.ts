import type { ComponentNode, FlowNode, Point, TemplateField } from '../model/flow-document.ts'
import { newNodeId } from '../model/node-id.ts'

/** A node of a component as the catalogue describes it. Chat Input and Chat Output start minimised. */
export function newNode(type: string, component: ComponentNode, position: Point): FlowNode {
  const id = newNodeId(type)
  return {
    id,
    type: 'genericNode',
    position,
    data: { id, type, node: component, showNode: !component.minimized },
  }
}

/** How large a note begins, in units of the canvas. */
export const NOTE_SIZE = { width: 324, height: 200 }

/** An empty note. */
export function newNote(position: Point): FlowNode {
  const id = newNodeId('note')
  const node = { display_name: '', description: '', documentation: '', template: {} }
  return { id, type: 'noteNode', position, ...NOTE_SIZE, data: { id, type: 'note', node } }
}

export interface FrameOptions {
  readonly title: string
  readonly rect: Point & { readonly width: number; readonly height: number }
}

/** A frame: a note in the file, so that editors without frames show its title on its colour. */
export function newFrame({ title, rect }: FrameOptions): FlowNode {
  const note = newNote({ x: rect.x, y: rect.y })
  // In a note the entry is the name itself, not a field.
  const template = { backgroundColor: 'blue' as unknown as TemplateField }
  const node = { ...note.data.node, description: title, template }
  return { ...note, width: rect.width, height: rect.height, data: { ...note.data, node, frame: {} } }
}
