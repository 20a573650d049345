import { messageOf } from '@runnel/protocol/errors'
import type { McpServerRead } from '@runnel/protocol/mcp-servers'
import type { McpServer } from './mcp-server-service.ts'
import type { McpSessions } from './mcp-sessions.ts'

const TIMEOUT_MS = 5000
/** Programs are slow to start. */
const PROGRAM_MS = 15_000
/** Servers asked at the same time. */
const AT_ONCE = 8

type Inspector = Pick<McpSessions, 'inspect'>

/** What each server is and how many tools it offers, or why that cannot be said; a slow one holds up no other. */
export async function inspectServers(
  mcp: Inspector,
  ownerId: string,
  servers: readonly McpServer[],
  signal: AbortSignal,
): Promise<readonly McpServerRead[]> {
  const found: McpServerRead[] = []
  for (let at = 0; at < servers.length; at += AT_ONCE) {
    const slice = servers.slice(at, at + AT_ONCE)
    found.push(...(await Promise.all(slice.map((server) => inspect(mcp, ownerId, server, signal)))))
  }
  return found
}

async function inspect(
  mcp: Inspector,
  ownerId: string,
  { name, config }: McpServer,
  signal: AbortSignal,
): Promise<McpServerRead> {
  const caller = { ownerId, sessionId: '', programs: true }
  const timeout = AbortSignal.timeout(config.url ? TIMEOUT_MS : PROGRAM_MS)
  try {
    const { mode, tools } = await mcp.inspect({ name }, caller, AbortSignal.any([signal, timeout]))
    return { name, mode, toolsCount: tools.length, ...(tools.length === 0 && { error: 'No tools found' }) }
  } catch (error) {
    const mode = config.url ? 'streamable_http' : 'stdio'
    const why = timeout.aborted ? 'Timeout when checking server tools' : `Connection failed: ${messageOf(error)}`
    return { name, mode, toolsCount: null, error: why }
  }
}
