import type { DragEvent } from 'react'
import { pasteText } from '../actions/actions.ts'
import type { Actions } from '../actions/use-actions.tsx'
import { insertOnEdge, splitBy } from '../commands/insert-on-edge.ts'
import { newNode } from '../commands/new-node.ts'
import type { Workspace } from '../editor-context.tsx'
import type { Point } from '../model/flow-document.ts'
import { addComponent } from '../sidebar/add-component.ts'
import { DRAGGED_COMPONENT } from '../sidebar/component-sidebar.tsx'

/** Takes what was dropped on the canvas: a component, into the edge under the pointer where it fits; or a flow file. */
export async function dropOnCanvas(
  workspace: Workspace,
  { context }: Actions,
  event: DragEvent,
  at: Point,
): Promise<void> {
  event.preventDefault()
  const { editor, catalogue } = workspace
  if (editor.store.getState().isLocked) return
  const entry = catalogue.find(event.dataTransfer.getData(DRAGGED_COMPONENT))
  if (entry) {
    const edgeId = edgeAt({ x: event.clientX, y: event.clientY })
    const node = newNode(entry.type, entry.component, { x: Math.round(at.x - 160), y: Math.round(at.y - 40) })
    if (edgeId !== undefined && splitBy(editor.getDocument(), node, edgeId)) {
      editor.apply(insertOnEdge, { node, edgeId })
      editor.select({ nodes: new Set([node.id]), edges: new Set() })
    } else if (addComponent(workspace, entry, at) === undefined) {
      context.say('notice', 'sidebar.taken', { name: entry.component.display_name })
    }
    return
  }
  for (const file of event.dataTransfer.files) {
    if (!/\.json$/i.test(file.name)) context.say('error', 'drop.unknown', { name: file.name })
    else if (!pasteText(context, await file.text())) context.say('error', 'drop.noFlow', { name: file.name })
  }
}

/** The edge drawn at a point of the screen. */
function edgeAt({ x, y }: Point): string | undefined {
  return document
    .elementsFromPoint(x, y)
    .map((element) => element.closest('.react-flow__edge')?.getAttribute('data-id'))
    .find((id) => id !== null && id !== undefined)
}
