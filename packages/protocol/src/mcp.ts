import { z } from 'zod'
import { defineEndpoint } from './endpoint.ts'
import { Uuid } from './identifiers.ts'
import { isObject, type JsonObject } from './json.ts'

/** One message of JSON-RPC, or several. What is inside is checked by whoever answers it. */
export const McpBody = z
  .custom<JsonObject | readonly JsonObject[]>(
    (given) => isObject(given) || (Array.isArray(given) && given.length > 0 && given.every(isObject)),
    { message: 'Input should be a JSON-RPC message' },
  )
  .meta({ wire: { type: ['object', 'array'], description: 'A JSON-RPC message, or several' } })

const tag = 'MCP'
const project = { params: z.object({ project_id: Uuid }), access: 'mcp-project', keyScope: 'run' } as const
const all = { access: 'mcp', keyScope: 'run' } as const
const stream = {
  method: 'GET',
  tag,
  response: z.string(),
  responseType: 'text/event-stream; charset=utf-8',
} as const
const streamErrors = { 406: 'The answer is a stream of events' }
const posted = {
  method: 'POST',
  tag,
  query: z.object({ session_id: z.string().optional() }),
  body: McpBody,
  status: 202,
  response: z.literal('Accepted'),
} as const
const sessionErrors = { 400: 'session_id is required', 404: 'Could not find session' }
const asked = {
  method: 'POST',
  tag,
  body: McpBody,
  response: z.union([z.looseObject({}), z.array(z.looseObject({})), z.string()]),
  responseType: 'text/event-stream; charset=utf-8',
} as const
const ping = { jsonrpc: '2.0', id: 1, method: 'tools/list' }
const examples = { body: ping }
const sessionExamples = { body: ping, response: 'Accepted' }
const projectPath = '/api/v1/mcp/project/:project_id'
const noProject = { 401: 'API key required for this project. Provide x-api-key header or query parameter.' }

const streamAll = {
  ...stream,
  ...all,
  summary: 'Open a session of the Model Context Protocol over SSE, with all your flows as tools',
  errors: streamErrors,
}
const postAll = {
  ...posted,
  ...all,
  summary: 'Send a message in a session over SSE; the answer comes in its stream',
  examples: sessionExamples,
  errors: sessionErrors,
}
const askAll = {
  ...asked,
  ...all,
  summary: 'Ask the MCP server of all your flows, over streamable HTTP without a session',
  examples,
}

export const openMcpStream = defineEndpoint({ ...streamAll, path: '/api/v1/mcp/sse' })
export const postMcpMessage = defineEndpoint({ ...postAll, path: '/api/v1/mcp/' })
export const askMcp = defineEndpoint({ ...askAll, path: '/api/v1/mcp/streamable' })

/** The same under the address clients of older versions have. */
export const openMcpStreamAgain = defineEndpoint({ ...streamAll, path: '/api/mcp/sse' })
export const postMcpMessageAgain = defineEndpoint({ ...postAll, path: '/api/mcp/' })
export const askMcpAgain = defineEndpoint({ ...askAll, path: '/api/mcp/streamable' })

export const openProjectMcpStream = defineEndpoint({
  ...stream,
  ...project,
  path: `${projectPath}/sse`,
  summary: 'Open a session of the Model Context Protocol over SSE, with the tools of a project',
  errors: { ...streamErrors, ...noProject, 404: 'Project not found' },
})
export const postProjectMcpMessage = defineEndpoint({
  ...posted,
  ...project,
  path: projectPath,
  summary: 'Send a message in a session of a project over SSE; the answer comes in its stream',
  examples: sessionExamples,
  errors: { ...sessionErrors, ...noProject },
})
export const askProjectMcp = defineEndpoint({
  ...asked,
  ...project,
  path: `${projectPath}/streamable`,
  summary: 'Ask the MCP server of a project, over streamable HTTP without a session',
  examples,
  errors: { ...noProject, 404: 'Project not found' },
})
