import { isObject, type JsonObject } from '@runnel/protocol/json'
import { askProjectMcp } from '@runnel/protocol/mcp'
import { listInstalledClients, listProjectTools } from '@runnel/protocol/project-tools'
import { queryOptions } from '@tanstack/react-query'
import { client, queryClient } from './client.ts'

/** The flows of a project, each with what it is called as a tool. */
export const projectToolsQuery = (projectId: string) =>
  queryOptions({
    queryKey: ['project-tools', projectId, 'flows'],
    queryFn: ({ signal }) =>
      client.call(listProjectTools, { params: { project_id: projectId }, query: { mcp_enabled: false }, signal }),
  })

/** Which programs on the machine of the server have the project, and why others cannot get it. */
export const installedClientsQuery = (projectId: string) =>
  queryOptions({
    queryKey: ['project-tools', projectId, 'installed'],
    queryFn: ({ signal }) => client.call(listInstalledClients, { params: { project_id: projectId }, signal }),
  })

/** A tool as MCP clients see it. */
export interface OfferedTool {
  readonly name: string
  readonly description: string
}

/** What the MCP server of a project offers, as clients are told. */
export const offeredToolsQuery = (projectId: string) =>
  queryOptions({
    queryKey: ['project-tools', projectId, 'offered'],
    queryFn: async ({ signal }): Promise<readonly OfferedTool[]> => {
      const { tools } = await askMcpServer(projectId, 'tools/list', {}, signal)
      return Array.isArray(tools)
        ? tools
            .filter(isObject)
            .map(({ name, description }) => ({ name: String(name), description: String(description) }))
        : []
    },
  })

export interface ToolAnswer {
  readonly text: string
  readonly isError: boolean
}

/** Calls a tool as a client would. */
export async function callTool(
  projectId: string,
  name: string,
  input: string,
  signal: AbortSignal,
): Promise<ToolAnswer> {
  const { content, isError } = await askMcpServer(
    projectId,
    'tools/call',
    { name, arguments: { input_value: input } },
    signal,
  )
  const texts = Array.isArray(content) ? content.filter(isObject).map(({ text }) => String(text ?? '')) : []
  return { text: texts.join('\n\n'), isError: isError === true }
}

/** @throws Error with the sentence of the server when it refuses */
async function askMcpServer(
  projectId: string,
  method: string,
  params: JsonObject,
  signal: AbortSignal,
): Promise<JsonObject> {
  const response = await client.request(askProjectMcp, {
    params: { project_id: projectId },
    body: { jsonrpc: '2.0', id: 1, method, params },
    // One answer, not a stream of events.
    headers: { accept: 'application/json' },
    signal,
  })
  const answer: unknown = await response.json()
  const { result, error, detail } = isObject(answer) ? answer : {}
  if (isObject(result)) return result
  throw new Error(isObject(error) ? String(error.message) : String(detail ?? response.status))
}

/** Whether programs reach the tools without a key: asked as one would, without the session. */
export const openToolsQuery = (projectId: string) =>
  queryOptions({
    queryKey: ['project-tools', projectId, 'open'],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => {
      const response = await fetch(location.origin + askProjectMcp.path.replace(':project_id', projectId), {
        method: askProjectMcp.method,
        credentials: 'omit',
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' }),
        signal,
      })
      // An answer that is not read holds its connection.
      await response.arrayBuffer()
      return response.ok
    },
  })

export const projectToolsChanged = (projectId: string): Promise<void> =>
  queryClient.invalidateQueries({ queryKey: ['project-tools', projectId] })
