import { messageOf } from '@runnel/protocol/errors'
import type { McpServerRead } from '@runnel/protocol/mcp-servers'
import type { HttpPort } from '@runnel/sdk'
import type { McpServer } from './mcp-server-service.ts'
import { mcpToolNames } from './mcp-tools.ts'

const TIMEOUT_MS = 5000
/** Servers asked at the same time. */
const AT_ONCE = 8

/** What each server is and how many tools it offers, or why that cannot be said; a slow one holds up no other. */
export async function inspectServers(
  http: HttpPort,
  servers: readonly McpServer[],
  signal: AbortSignal,
): Promise<readonly McpServerRead[]> {
  const found: McpServerRead[] = []
  for (let at = 0; at < servers.length; at += AT_ONCE) {
    const slice = servers.slice(at, at + AT_ONCE)
    found.push(...(await Promise.all(slice.map((server) => inspect(http, server, signal)))))
  }
  return found
}

async function inspect(http: HttpPort, { name, config }: McpServer, signal: AbortSignal): Promise<McpServerRead> {
  const { url, headers } = config
  // A program is started by the flow that uses it, never to be counted.
  if (!url) return { name, mode: 'stdio', toolsCount: null }
  const mode = 'streamable_http'
  const timeout = AbortSignal.timeout(TIMEOUT_MS)
  try {
    const tools = await mcpToolNames(http, { url, headers }, AbortSignal.any([signal, timeout]))
    return { name, mode, toolsCount: tools.length, ...(tools.length === 0 && { error: 'No tools found' }) }
  } catch (error) {
    const why = timeout.aborted ? 'Timeout when checking server tools' : `Connection failed: ${messageOf(error)}`
    return { name, mode, toolsCount: null, error: why }
  }
}
