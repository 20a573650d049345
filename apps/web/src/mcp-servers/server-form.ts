import { isObject } from '@runnel/protocol/json'
import type { McpServerConfig } from '@runnel/protocol/mcp-servers'
import type { Pair } from '../ui/pair-list.tsx'

export type Transport = 'stdio' | 'http'

/** The fields of the dialog. */
export interface ServerForm {
  readonly name: string
  readonly transport: Transport
  readonly command: string
  readonly args: readonly string[]
  readonly url: string
  readonly headers: readonly Pair[]
  readonly env: readonly Pair[]
  /** Not among the fields; kept as it came. */
  readonly verify_ssl?: boolean | undefined
}

export const EMPTY_FORM: ServerForm = {
  name: '',
  transport: 'http',
  command: '',
  args: [],
  url: '',
  headers: [],
  env: [],
}

/** What the dialog shows of a server there is. */
export const formOf = (name: string, config: McpServerConfig): ServerForm => ({
  name,
  transport: config.command ? 'stdio' : 'http',
  command: config.command ?? '',
  args: config.args ?? [],
  url: config.url ?? '',
  headers: Object.entries(config.headers ?? {}),
  env: Object.entries(config.env ?? {}),
  verify_ssl: config.verify_ssl ?? undefined,
})

const recordOf = (pairs: readonly Pair[]): Record<string, string> =>
  Object.fromEntries(pairs.map(([name, value]) => [name.trim(), value] as const).filter(([name]) => name !== ''))

/** What is sent; empty lines are left out. */
export function configOf({ transport, command, args, url, headers, env, verify_ssl }: ServerForm): McpServerConfig {
  if (transport === 'http') {
    return {
      url: url.trim(),
      headers: recordOf(headers),
      env: recordOf(env),
      ...verification(verify_ssl),
    }
  }
  return { command: command.trim(), args: args.filter((argument) => argument !== ''), env: recordOf(env) }
}

const isText = (value: unknown): value is string => typeof value === 'string'
const texts = (value: unknown): Record<string, string> =>
  isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, isText(one) ? one : JSON.stringify(one)]))
    : {}

const verification = (verify_ssl: unknown): Pick<McpServerConfig, 'verify_ssl'> =>
  typeof verify_ssl === 'boolean' ? { verify_ssl } : {}

/**
 * The servers of a pasted configuration: `{"mcpServers": {…}}` as other programs keep it, a record of servers, or one
 * server, which is called `fallbackName`. @throws SyntaxError for what is no JSON, Error `empty` when it holds none
 */
export function serversOfJson(text: string, fallbackName: string): readonly (readonly [string, McpServerConfig])[] {
  const parsed: unknown = JSON.parse(text)
  const root = isObject(parsed) && isObject(parsed.mcpServers) ? parsed.mcpServers : parsed
  if (!isObject(root)) throw new Error('empty')
  const isServer = (value: unknown): boolean => isObject(value) && (isText(value.url) || isText(value.command))
  const entries = isServer(root) ? [[fallbackName, root] as const] : Object.entries(root)
  const servers = entries.flatMap(([name, value]): (readonly [string, McpServerConfig])[] => {
    if (!isObject(value) || !isServer(value)) return []
    const env = texts(value.env)
    return isText(value.url)
      ? [[name, { url: value.url, headers: texts(value.headers), env, ...verification(value.verify_ssl) }]]
      : [[name, { command: String(value.command), args: Array.isArray(value.args) ? value.args.map(String) : [], env }]]
  })
  if (servers.length === 0) throw new Error('empty')
  return servers
}
