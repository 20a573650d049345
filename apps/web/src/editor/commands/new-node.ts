import type { ComponentNode, FlowNode, Point } from '../model/flow-document.ts'
import { newNodeId } from '../model/node-id.ts'

/** A node of a component as the catalogue describes it. Chat Input and Chat Output start minimised (W-24). */
export function newNode(type: string, component: ComponentNode, position: Point): FlowNode {
  const id = newNodeId(type)
  return {
    id,
    type: 'genericNode',
    position,
    data: { id, type, node: component, showNode: !component.minimized },
  }
}

/** An empty note. */
export function newNote(position: Point): FlowNode {
  const id = newNodeId('note')
  const node = { display_name: '', description: '', documentation: '', template: {} }
  return { id, type: 'noteNode', position, width: 324, height: 200, data: { id, type: 'note', node } }
}
