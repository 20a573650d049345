import { setField } from '../commands/set-field.ts'
import type { Workspace } from '../editor-context.tsx'
import type { Point } from '../model/flow-document.ts'
import { addComponent } from './add-component.ts'

/** What an MCP server dragged out of the sidebar carries: its name. */
export const DRAGGED_SERVER = 'application/x-runnel-mcp-server'

/** Adds an MCP Tools node that uses a server, and asks for the fields of its tools. @returns the id of the node */
export function addMcpServer(workspace: Workspace, name: string, at: Point): string | undefined {
  const entry = workspace.catalogue.find('MCPTools')
  const nodeId = entry && addComponent(workspace, entry, at)
  if (nodeId === undefined) return undefined
  const change = { value: { name, config: {} } }
  workspace.editor.apply(setField, { nodeId, field: 'mcp_server', change }, { continues: true })
  workspace.refresh.changed(nodeId, 'mcp_server')
  return nodeId
}
