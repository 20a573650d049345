import type { DragEvent } from 'react'
import { componentText } from '../../i18n/component-text.ts'
import { pasteText } from '../actions/paste.ts'
import type { Actions } from '../actions/use-actions.tsx'
import { parseFragment } from '../clipboard.ts'
import { copyOf } from '../commands/duplicate.ts'
import type { Workspace } from '../editor-context.tsx'
import type { Point } from '../model/flow-document.ts'
import { addComponent, insertComponent, insertNode } from '../sidebar/add-component.ts'
import { addMcpServer, DRAGGED_SERVER } from '../sidebar/add-mcp-server.ts'
import { DRAGGED_COMPONENT } from '../sidebar/catalogue-item.tsx'
import { DRAGGED_SAVED } from '../sidebar/saved-section.tsx'
import { dropFiles } from './drop-files.ts'

/** Takes what was dropped on the canvas: a component or a kept one, into the edge under the pointer where it fits, or joined to the handle whose partners are shown; an MCP server; or files. */
export async function dropOnCanvas(
  workspace: Workspace,
  { context }: Actions,
  event: DragEvent,
  at: Point,
): Promise<void> {
  event.preventDefault()
  const { editor, catalogue, ui } = workspace
  if (editor.store.getState().isLocked) return
  const edgeId = edgeAt({ x: event.clientX, y: event.clientY })
  const entry = catalogue.find(event.dataTransfer.getData(DRAGGED_COMPONENT))
  if (entry) {
    if (edgeId !== undefined && insertComponent(workspace, entry, at, edgeId) !== undefined) return
    if (addComponent(workspace, entry, at, ui.getState().handleFilter) === undefined) {
      context.say('notice', 'sidebar.taken', { name: componentText(entry.component.display_name) })
    }
    return
  }
  const saved = event.dataTransfer.getData(DRAGGED_SAVED)
  if (saved !== '') {
    const fragment = parseFragment(saved)
    const [node] = fragment ? copyOf(fragment, { x: 0, y: 0 }).nodes : []
    const isInserted = node && edgeId !== undefined && insertNode(workspace, node, at, edgeId) !== undefined
    if (!isInserted) pasteText(context, saved, at)
    return
  }
  const server = event.dataTransfer.getData(DRAGGED_SERVER)
  if (server !== '') addMcpServer(workspace, server, at)
  else await dropFiles(context, [...event.dataTransfer.files], at)
}

/** The edge drawn at a point of the screen. */
function edgeAt({ x, y }: Point): string | undefined {
  return document
    .elementsFromPoint(x, y)
    .map((element) => element.closest('.react-flow__edge')?.getAttribute('data-id'))
    .find((id) => id !== null && id !== undefined)
}
