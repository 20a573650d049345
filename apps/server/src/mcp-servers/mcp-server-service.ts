import { randomUUID } from 'node:crypto'
import { AppError } from '@runnel/protocol/errors'
import { McpServerConfig } from '@runnel/protocol/mcp-servers'
import type { Storage } from '@runnel/storage/open-storage'
import type { McpServerRecord, UserRecord } from '@runnel/storage/records'
import type { Secrets } from '../auth/secrets.ts'
import type { Config } from '../config.ts'

export interface McpServerServiceOptions {
  readonly storage: Pick<Storage, 'mcpServers'>
  readonly secrets: Pick<Secrets, 'encrypt' | 'decrypt'>
  readonly config: Pick<Config, 'mcpCommands' | 'mcpEnvironment'>
  readonly now: () => number
}

export interface McpServer {
  readonly name: string
  readonly config: McpServerConfig
}

export type McpServerService = ReturnType<typeof createMcpServerService>

/** Shown in place of a value, and taken as "unchanged" when it comes back. */
export const MASK = '*******'

/** The MCP servers each user has entered. Their secrets are encrypted before they are stored. */
export function createMcpServerService({ storage, secrets, config: settings, now }: McpServerServiceOptions) {
  const { mcpServers } = storage

  const open = ({ name, config }: McpServerRecord): McpServer => ({
    name,
    config: McpServerConfig.parse(JSON.parse(secrets.decrypt(config))),
  })

  /** @throws AppError `mcp_server_invalid`, `mcp_command_refused`, `mcp_variable_refused` */
  function check({ url, command, args, env }: McpServerConfig, user: UserRecord | undefined): void {
    if (!url && !command) throw new AppError('mcp_server_invalid', ['Give the MCP server a url or a command.'])
    if (url && command) throw new AppError('mcp_server_invalid', ['Give the MCP server a url or a command, not both.'])
    if (url) {
      const { protocol, username, password } = URL.parse(url) ?? { protocol: '', username: '', password: '' }
      const isWeb = protocol === 'http:' || protocol === 'https:'
      if (!isWeb || username || password) {
        throw new AppError('mcp_server_invalid', ['The url of an MCP server begins with http:// or https://.'])
      }
      return
    }
    // Programs run with the rights of the server: exactly what the operator lists, for superusers alone.
    const line = [command, ...(args ?? [])].join(' ')
    const isListed = settings.mcpCommands.includes(line)
    if (!user?.isSuperuser || !isListed) throw new AppError('mcp_command_refused')
    const unnamed = Object.keys(env ?? {}).find((name) => !settings.mcpEnvironment.includes(name))
    if (unnamed !== undefined) throw new AppError('mcp_variable_refused', [unnamed])
  }

  const seal = (config: McpServerConfig): string => secrets.encrypt(JSON.stringify(config))

  return {
    /** What was entered once may not be allowed any more. @throws AppError as the check above */
    check,

    /** Oldest first. */
    list: async (userId: string): Promise<readonly McpServer[]> => (await mcpServers.list(userId)).map(open),

    async find(userId: string, name: string): Promise<McpServer | undefined> {
      const stored = await mcpServers.find(userId, name)
      return stored && open(stored)
    },

    /** @throws AppError `mcp_server_exists`, and those of the check */
    async add(user: UserRecord, name: string, config: McpServerConfig): Promise<void> {
      check(config, user)
      const time = now()
      try {
        const record = { id: randomUUID(), userId: user.id, name, config: seal(config) }
        await mcpServers.add({ ...record, createdAt: time, updatedAt: time })
      } catch (error) {
        if (!(error instanceof AppError && error.code === 'name_not_unique')) throw error
        throw new AppError('mcp_server_exists', [], { cause: error })
      }
    },

    /** Takes the place of what was there; a masked value is the one that was there. Answers what is stored now. */
    async replace(user: UserRecord, name: string, given: McpServerConfig): Promise<McpServerConfig> {
      const before = await this.find(user.id, name)
      const config = {
        ...given,
        ...(given.env && { env: unmasked(given.env, before?.config.env) }),
        ...(given.headers && { headers: unmasked(given.headers, before?.config.headers) }),
      }
      check(config, user)
      const changed = before && (await mcpServers.update(user.id, name, { config: seal(config), updatedAt: now() }))
      if (!changed) await this.add(user, name, config)
      return config
    },

    /** @throws AppError `mcp_server_not_found` */
    async remove(userId: string, name: string): Promise<void> {
      if (!(await mcpServers.remove(userId, name))) throw new AppError('mcp_server_not_found')
    },
  }
}

type Texts = Readonly<Record<string, string>>

/** What clients see of a server. */
export function masked(config: McpServerConfig): McpServerConfig {
  return {
    ...config,
    ...(config.env && { env: masks(config.env) }),
    ...(config.headers && { headers: masks(config.headers) }),
  }
}

const masks = (values: Texts) => Object.fromEntries(Object.keys(values).map((name) => [name, MASK]))

const unmasked = (given: Texts, before: Texts | null | undefined) =>
  Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name, value === MASK ? (before?.[name] ?? value) : value]),
  )
