import { AppError, messageOf } from '@runnel/protocol/errors'
import { isObject } from '@runnel/protocol/json'
import {
  type DataFrame,
  dataFrame,
  defineComponent,
  type Fields,
  field,
  type McpServerChoice,
  type McpTool,
  type RunArguments,
  type Tool,
} from '@runnel/sdk'
import { answerRows, answerText, checkAnswer } from '../shared/mcp-answer.ts'
import { toolFields, toolInput } from '../shared/mcp-arguments.ts'

const inputs = {
  mcp_server: field.mcp({ label: 'MCP Server', info: 'The server whose tools are used.', refresh: true }),
  use_cache: field.bool({
    label: 'Use Cached Server',
    info: 'Lists of tools are kept for half a minute in any case; this makes no difference.',
    advanced: true,
  }),
  verify_ssl: field.bool({
    label: 'Verify SSL Certificate',
    info: 'Off: the server is believed whatever certificate it shows.',
    default: true,
    advanced: true,
  }),
  headers: field.dict({
    label: 'Headers',
    info: 'Sent with every request to a server at an address.',
    list: true,
    advanced: true,
  }),
  tool_execution_timeout: field.float({
    label: 'Tool Execution Timeout',
    info: 'How many seconds a tool may take. 0 means what the server allows.',
    default: 0,
    advanced: true,
  }),
  tool: field.dropdown({
    label: 'Tool',
    info: 'The tool to call.',
    options: [],
    free: true,
    required: true,
    show: false,
    refresh: true,
  }),
  tool_placeholder: field.text({ label: 'Tool Placeholder', info: 'Has no function.', show: false, tool: true }),
} as const
type Args = RunArguments<typeof inputs>

export const mcpTools = defineComponent({
  type: 'MCPTools',
  aliases: ['MCPToolsComponent', 'MCPSse', 'MCPStdio', 'MCPConnection'],
  displayName: 'MCP Tools',
  description: 'Calls a tool of an MCP server, or gives all of them to an agent.',
  icon: 'Mcp',
  category: 'models_and_agents',
  documentation: 'https://docs.langflow.org/mcp-client',
  inputs,
  outputs: {
    response: {
      type: 'DataFrame',
      label: 'Response',
      method: 'build_output',
      run: called,
    },
    // What nodes of 1.2 and before give an agent.
    tools: { type: 'Tool', label: 'Tools', method: 'build_output', hidden: true, tool: false, run: allTools },
  },
  tools: allTools,
})

/** The fields of a node that calls this tool. */
export const mcpToolFields = (tool: McpTool): Fields => toolFields(tool, inputs)

/** The server in a `mcp_server` field: a name, or an object of a name and how it is reached. */
export function mcpServerIn(value: unknown): McpServerChoice | undefined {
  if (typeof value === 'string') return value === '' ? undefined : { name: value }
  if (!isObject(value)) return undefined
  const config = isObject(value.config) ? value.config : {}
  const name = typeof value.name === 'string' ? value.name : ''
  const url = typeof config.url === 'string' ? config.url : ''
  if (!name && !url) return undefined
  return { name, ...(url && { url }), ...(isObject(config.headers) && { headers: texts(config.headers) }) }
}

/** The server of the node; older ones name their server in fields of their own. */
function serverOf({ inputs, dynamic }: Args): McpServerChoice | undefined {
  const older = typeof dynamic.sse_url === 'string' ? dynamic.sse_url : dynamic.url
  const choice = mcpServerIn(inputs.mcp_server) ?? mcpServerIn({ config: { url: older } })
  if (!choice && dynamic.command) throw new AppError('invalid_field', [NO_COMMANDS])
  if (!choice) return undefined
  const headers = { ...choice.headers, ...texts(inputs.headers) }
  return {
    ...choice,
    ...(Object.keys(headers).length > 0 && { headers }),
    ...(inputs.verify_ssl === false && { verifyCertificate: false }),
  }
}

const NO_COMMANDS =
  'A flow cannot start the program of an MCP server. Add the program under Settings, then choose it as MCP Server.'

const texts = (values: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]))

async function allTools(args: Args): Promise<readonly Tool[]> {
  const server = serverOf(args)
  return server ? (await args.context.mcp.tools(server, args.context.signal)).map((tool) => toolOf(tool, args)) : []
}

async function called(args: Args): Promise<DataFrame> {
  const { inputs: chosen, dynamic, context } = args
  const server = serverOf(args)
  if (!server || chosen.tool === '') {
    const error = server ? 'You must select a tool' : 'You must select an MCP server'
    return dataFrame([{ error }])
  }
  const tool = (await context.mcp.tools(server, context.signal)).find(({ name }) => name === chosen.tool)
  if (!tool) return dataFrame([{ error: `The MCP server has no tool '${chosen.tool}'` }])
  const input = toolInput(tool, inputs, dynamic)
  const call = { tool: tool.name, input, timeoutMs: chosen.tool_execution_timeout * 1000 }
  try {
    const rows = answerRows(checkAnswer(tool.name, await context.mcp.call(server, call, context.signal)))
    context.setStatus(rows)
    return rows
  } catch (error) {
    context.signal.throwIfAborted()
    if (!(error instanceof AppError && error.code === 'bad_request')) throw error
    throw new AppError('bad_request', [`Error in build_output: ${messageOf(error)}`], { cause: error })
  }
}

/** Names as models take them. */
const safe = (name: string) => name.replace(/[^a-zA-Z0-9_-]/g, '_').slice(0, 64)

function toolOf({ name, description, inputSchema }: McpTool, args: Args): Tool {
  const { inputs: chosen, context } = args
  return {
    kind: 'tool',
    name: safe(name),
    // Files of Langflow have long names cut.
    tags: [name, safe(name), name.slice(0, 46)],
    description,
    inputSchema,
    async call(input, signal) {
      const server = serverOf(args) ?? { name: '' }
      const timeoutMs = chosen.tool_execution_timeout * 1000
      return answerText(checkAnswer(name, await context.mcp.call(server, { tool: name, input, timeoutMs }, signal)))
    },
  }
}
