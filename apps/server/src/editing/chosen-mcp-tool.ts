import { mcpServerIn, mcpToolFields } from '@runnel/components/models-and-agents/mcp-tools'
import { AppError, messageOf } from '@runnel/protocol/errors'
import { isObject, type JsonObject } from '@runnel/protocol/json'
import { type Component, type McpTool, templateField } from '@runnel/sdk'
import type { McpSessions } from '../mcp-servers/mcp-sessions.ts'
import { TOOLS_FIELD } from './tool-mode.ts'

const SERVER = 'mcp_server'
const TOOL = 'tool'

export interface McpNode {
  readonly component: Component
  readonly node: JsonObject
  /** The template as the editor has it. */
  readonly before: JsonObject
}

/**
 * A node of MCP tools as it is once its server is chosen: with the names of the server's tools and the fields of the
 * one to call, or in tool mode a row for each. Other nodes are given back.
 */
export async function withMcpTools(
  mcp: Pick<McpSessions, 'portOf'>,
  ownerId: string,
  { component, node, before }: McpNode,
  signal: AbortSignal,
): Promise<JsonObject> {
  if (component.type !== 'MCPTools' || !isObject(node.template)) return node
  const own = Object.entries(node.template).filter(
    ([name]) => Object.hasOwn(component.inputs, name) || ['_type', 'code', TOOLS_FIELD].includes(name),
  )
  const template: JsonObject = Object.fromEntries(own)
  const value = (name: string) => (isObject(template[name]) ? template[name].value : undefined)
  const server = mcpServerIn(value(SERVER))
  const tool = isObject(template[TOOL]) ? template[TOOL] : {}
  const noTool = { ...tool, options: [], value: '', show: false }
  if (!server) return { ...node, template: { ...template, [TOOL]: noTool, ...rows(template, []) } }
  const found = await toolsOf(() => mcp.portOf({ ownerId, sessionId: 'editor', programs: true }).tools(server, signal))
  if (typeof found === 'string') {
    return { ...node, template: { ...template, [TOOL]: { ...noTool, show: true, placeholder: found } } }
  }
  if (node.tool_mode === true) {
    return { ...node, template: { ...template, [TOOL]: { ...noTool, value: value(TOOL) }, ...rows(template, found) } }
  }
  const chosen = found.find(({ name }) => name === value(TOOL))
  const options = found.map(({ name }) => name)
  const shown = { ...tool, options, show: true, value: chosen?.name ?? '', placeholder: 'Select a tool' }
  return { ...node, template: { ...template, [TOOL]: shown, ...(chosen && fieldsFor(chosen, before)) } }
}

/** The tools, or why there are none: an editor must be able to show a node whose server is away. */
async function toolsOf(ask: () => Promise<readonly McpTool[]>): Promise<readonly McpTool[] | string> {
  try {
    return await ask()
  } catch (error) {
    if (error instanceof AppError) return messageOf(error)
    throw error
  }
}

/** The fields of the tool, with what the user has entered in those of the same name. */
function fieldsFor(tool: McpTool, before: JsonObject): JsonObject {
  const entries = Object.entries(mcpToolFields(tool)).map(([name, field]) => {
    const made = templateField(name, field)
    const kept = before[name]
    const isSame = isObject(kept) && kept.type === made.type && kept.value !== undefined
    return [name, isSame ? { ...made, value: kept.value } : made] as const
  })
  return Object.fromEntries(entries)
}

/** One row for each tool; what the user has changed in it stays. */
function rows(template: JsonObject, tools: readonly McpTool[]): JsonObject {
  const field = template[TOOLS_FIELD]
  if (!isObject(field)) return {}
  const before = Array.isArray(field.value) ? field.value.filter(isObject) : []
  const made = tools.map(({ name, description, inputSchema }) => {
    const texts = { name, display_name: name, description, display_description: description }
    const row = { ...texts, tags: [name], status: true, readonly: false, args: inputSchema.properties ?? {} }
    const kept = before.find(({ tags }) => Array.isArray(tags) && tags[0] === name)
    return kept ? { ...row, name: kept.name, description: kept.description, status: kept.status } : row
  })
  return { [TOOLS_FIELD]: { ...field, value: made } }
}
