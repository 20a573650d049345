import { AppError } from '@runnel/protocol/errors'
import type { McpServerConfig } from '@runnel/protocol/mcp-servers'
import type { McpPort, McpServerChoice, McpTool } from '@runnel/sdk'
import type { Storage } from '@runnel/storage/open-storage'
import type { Config } from '../config.ts'
import type { HttpClient } from '../egress/http-client.ts'
import { type McpClient, openMcp } from './mcp-client.ts'
import type { McpServerService } from './mcp-server-service.ts'
import { openStdio } from './stdio-transport.ts'
import { ForgottenSession, OlderServer, openSse, openStreamable } from './web-transport.ts'

/** How long a session is kept that nobody uses, in milliseconds. */
const IDLE_MS = 300_000
/** How long a list of tools is taken for current, in milliseconds. */
const TOOLS_MS = 30_000
const MAX_SESSIONS = 200
/** Programs at work at once: each is a process. */
const MAX_PROGRAMS = 32

export interface McpSessionsOptions {
  readonly mcpServers: Pick<McpServerService, 'find' | 'check'>
  readonly storage: { readonly users: Pick<Storage['users'], 'find'> }
  readonly http: HttpClient
  readonly config: Pick<Config, 'environment' | 'mcpServerTimeout' | 'mcpToolTimeout'>
  /** Epoch milliseconds. */
  readonly now: () => number
}

/** For whom a session is held. */
export interface McpCaller {
  /** Whose servers they are. */
  readonly ownerId: string
  readonly sessionId: string
  /** false: only servers at an address, as for visitors of public flows. */
  readonly programs: boolean
}

interface Session {
  readonly client: Promise<McpClient>
  readonly isProgram: boolean
  tools?: { readonly at: number; readonly list: Promise<readonly McpTool[]> }
  users: number
  idle?: NodeJS.Timeout
}

export type McpSessions = ReturnType<typeof createMcpSessions>

/** Sessions with MCP servers: one per server and conversation, kept while it is used. */
export function createMcpSessions({ mcpServers, storage, http, config, now }: McpSessionsOptions) {
  const sessions = new Map<string, Session>()

  /** The server of that name, else the one the node describes: an address only, never a command. */
  async function configOf(
    { name, url, headers, verifyCertificate }: McpServerChoice,
    { ownerId, programs }: McpCaller,
  ) {
    const entered = name === '' ? undefined : (await mcpServers.find(ownerId, name))?.config
    const found: McpServerConfig | undefined = entered ?? (url ? { url } : undefined)
    if (!found) {
      const why = name === '' ? 'No MCP server is chosen.' : `There is no MCP server "${name}". Add it under Settings.`
      throw new AppError('invalid_field', [why])
    }
    if (found.command && !programs) throw new AppError('mcp_command_refused')
    mcpServers.check(found, found.command ? await storage.users.find(ownerId) : undefined)
    const own = { ...found.headers, ...headers }
    return { ...found, headers: own, verify_ssl: verifyCertificate ?? found.verify_ssl ?? true }
  }

  async function open(server: McpServerConfig, asking?: AbortSignal): Promise<McpClient> {
    const { command, args, env, url, headers, verify_ssl } = server
    const timeout = AbortSignal.timeout(config.mcpServerTimeout * 1000)
    const signal = asking ? AbortSignal.any([timeout, asking]) : timeout
    try {
      if (command) {
        const program = { command, args: args ?? [], env: { ...basics(config.environment), ...env } }
        return await openMcp((receiver) => openStdio(program, receiver), signal)
      }
      const address = { url: url ?? '', headers: headers ?? {}, verifyCertificate: verify_ssl ?? true }
      try {
        return await openMcp((receiver) => openStreamable(http, address, receiver), signal)
      } catch (error) {
        if (!(error instanceof OlderServer)) throw error
        return await openMcp((receiver) => openSse(http, address, receiver, signal), signal)
      }
    } catch (error) {
      if (!timeout.aborted) throw error
      const why = `The MCP server did not answer within ${config.mcpServerTimeout} seconds.`
      throw new AppError('bad_request', [why], { cause: error })
    }
  }

  function sessionOf(key: string, server: McpServerConfig): Session {
    const held = sessions.get(key)
    if (held) return held
    const isProgram = Boolean(server.command)
    makeRoom(MAX_SESSIONS, () => true)
    if (isProgram) makeRoom(MAX_PROGRAMS, (session) => session.isProgram)
    const session: Session = { client: open(server), isProgram, users: 0 }
    sessions.set(key, session)
    session.client.catch(() => drop(key, session))
    return session
  }

  function drop(key: string, session: Session): void {
    clearTimeout(session.idle)
    if (sessions.get(key) === session) sessions.delete(key)
    void session.client.then((client) => client.close()).catch(() => undefined)
  }

  /** Maps keep their order: the first that nobody uses is the one used longest ago. */
  function makeRoom(most: number, counts: (session: Session) => boolean): void {
    const counted = [...sessions].filter(([, session]) => counts(session))
    if (counted.length < most) return
    const idle = counted.find(([, { users }]) => users === 0)
    if (!idle) throw new AppError('overloaded', ['Too many sessions with MCP servers are open. Try again later.'])
    drop(...idle)
  }

  async function use<Result>(
    choice: McpServerChoice,
    caller: McpCaller,
    work: (session: Session, client: McpClient) => Promise<Result>,
  ): Promise<Result> {
    const server = await configOf(choice, caller)
    const key = JSON.stringify([caller.ownerId, caller.sessionId, server])
    for (let attempt = 0; ; attempt++) {
      const session = sessionOf(key, server)
      clearTimeout(session.idle)
      session.users++
      try {
        const client = await session.client
        if (client.isClosed && attempt === 0) {
          drop(key, session)
          continue
        }
        return await work(session, client)
      } catch (error) {
        if (!(error instanceof ForgottenSession)) throw error
        drop(key, session)
        if (attempt > 0) throw new AppError('bad_request', ['The MCP server ends every session.'], { cause: error })
      } finally {
        session.users--
        if (session.users === 0 && sessions.get(key) === session) {
          // Last in the order of use.
          sessions.delete(key)
          sessions.set(key, session)
          session.idle = setTimeout(() => drop(key, session), IDLE_MS)
          session.idle.unref()
        }
      }
    }
  }

  return {
    portOf: (caller: McpCaller): McpPort => ({
      tools: (choice) =>
        use(choice, caller, (session, client) => {
          if (!session.tools || now() - session.tools.at > TOOLS_MS) {
            // Shared by all who ask meanwhile, so that none of them can end it.
            const list = client.tools(AbortSignal.timeout(config.mcpServerTimeout * 1000))
            list.catch(() => delete session.tools)
            session.tools = { at: now(), list }
          }
          return session.tools.list
        }),
      call: (choice, { tool, input, timeoutMs }, signal) =>
        use(choice, caller, async (_session, client) => {
          const longest = timeoutMs || config.mcpToolTimeout * 1000
          const timeout = AbortSignal.timeout(longest)
          try {
            return await client.call(tool, input, AbortSignal.any([signal, timeout]))
          } catch (error) {
            if (!timeout.aborted || signal.aborted) throw error
            const why = `Tool ${tool} gave no answer within ${longest / 1000} seconds.`
            throw new AppError('bad_request', [why], { cause: error })
          }
        }),
    }),

    /** How the server is spoken with and how many tools it has, in a session of its own. */
    async inspect(choice: McpServerChoice, caller: McpCaller, signal: AbortSignal) {
      const client = await open(await configOf(choice, caller), signal)
      try {
        return { mode: client.mode, tools: await client.tools(signal) }
      } finally {
        await client.close()
      }
    },

    async close(): Promise<void> {
      const open = [...sessions.values()]
      sessions.clear()
      for (const { idle } of open) clearTimeout(idle)
      await Promise.allSettled(open.map(async ({ client }) => (await client).close()))
    },
  }
}

/** What programs need to start at all. */
function basics(environment: (name: string) => string | undefined): Readonly<Record<string, string>> {
  const found = ['PATH', 'HOME', 'LANG', 'TMPDIR', 'SystemRoot', 'APPDATA'].flatMap((name) => {
    const value = environment(name)
    return value === undefined ? [] : [[name, value]]
  })
  return Object.fromEntries(found)
}
