import { z } from 'zod'
import { defineEndpoint } from './endpoint.ts'
import { queryBoolean } from './query.ts'

const texts = z.record(z.string(), z.string())

/** How an MCP server is reached: at an address, or as a program of this machine. */
export const McpServerConfig = z.object({
  command: z.string().max(1000).nullish(),
  args: z.array(z.string().max(10_000)).max(100).nullish(),
  env: texts.nullish(),
  url: z.string().max(8000).nullish(),
  headers: texts.nullish(),
  verify_ssl: z.boolean().nullish(),
})
export type McpServerConfig = z.output<typeof McpServerConfig>

export const McpServerRead = z.object({
  name: z.string(),
  mode: z.string().nullable(),
  toolsCount: z.number().int().nullable(),
  error: z.string().optional(),
})
export type McpServerRead = z.output<typeof McpServerRead>

const common = { method: 'GET', tag: 'MCP', access: 'user' } as const
const params = z.object({ server_name: z.string().min(1).max(200) })
const path = '/api/v2/mcp/servers/:server_name'
const refused = { 403: 'The operator of this server has not allowed this command' }
const example = { url: 'https://example.com/mcp', headers: { authorization: 'Bearer …' } }
const masked = { ...example, headers: { authorization: '*******' } }

export const listMcpServers = defineEndpoint({
  ...common,
  path: '/api/v2/mcp/servers',
  summary: 'List your MCP servers; with action_count each is asked for its tools',
  query: z.object({ action_count: queryBoolean(false) }),
  response: z.array(McpServerRead),
  examples: { response: [{ name: 'example', mode: null, toolsCount: null }] },
})

export const readMcpServer = defineEndpoint({
  ...common,
  path,
  summary: 'Read how one of your MCP servers is reached; values of headers and variables are masked',
  params,
  response: McpServerConfig.nullable(),
  examples: { response: masked },
})

export const createMcpServer = defineEndpoint({
  ...common,
  audit: 'mcp_server.create',
  method: 'POST',
  path,
  summary: 'Add an MCP server',
  params,
  body: McpServerConfig,
  response: McpServerConfig,
  examples: { body: example, response: masked },
  errors: { ...refused, 409: 'Server already exists.' },
})

export const replaceMcpServer = defineEndpoint({
  ...common,
  audit: 'mcp_server.update',
  method: 'PATCH',
  path,
  summary: 'Replace an MCP server, or add it; masked values stay as they are',
  params,
  body: McpServerConfig,
  response: McpServerConfig,
  examples: { body: example, response: masked },
  errors: refused,
})

export const deleteMcpServer = defineEndpoint({
  ...common,
  audit: 'mcp_server.delete',
  method: 'DELETE',
  path,
  summary: 'Remove an MCP server',
  params,
  response: z.null(),
  examples: { response: null },
  errors: { 404: 'Server not found.' },
})
