import { askProjectMcp, openProjectMcpStream } from '@runnel/protocol/mcp'

/** Where the MCP server of a project is, and what it is called in the settings of a client. */
export interface ProjectServer {
  readonly name: string
  /** Streamable HTTP. */
  readonly url: string
  /** The older transport, for clients that know no other. */
  readonly sseUrl: string
  /** Sent with each message; undefined where none is asked for. */
  readonly key: string | undefined
}

/** Stands for a key that is not known. */
const NO_KEY = 'YOUR_API_KEY'

/** The server of a project, as its clients are told of it. */
export function projectServer(
  { id, name }: { readonly id: string; readonly name: string },
  { origin, needsKey, key }: { readonly origin: string; readonly needsKey: boolean; readonly key: string | undefined },
): ProjectServer {
  const at = (path: string): string => origin + path.replace(':project_id', id)
  return {
    name: serverName(name, id),
    url: at(askProjectMcp.path),
    sseUrl: at(openProjectMcpStream.path),
    key: needsKey ? (key ?? NO_KEY) : undefined,
  }
}

/** The settings a client wants, by how it starts its servers. */
export const CONFIGS = ['http', 'unix', 'windows', 'wsl', 'windsurf', 'zed'] as const
export type ConfigKind = (typeof CONFIGS)[number]

const KEY_HEADER = 'x-api-key'

/** What clients have in their `mcpServers`: the address itself, or a program that stands between. */
export function clientConfig(kind: ConfigKind, server: ProjectServer): string {
  const { name, url, sseUrl, key } = server
  const proxy = ['mcp-proxy', ...(key === undefined ? [] : ['--headers', KEY_HEADER, key]), sseUrl]
  const entries = {
    http: { type: 'http', url, ...headersOf(key) },
    unix: { command: 'uvx', args: proxy },
    windows: { command: 'cmd', args: ['/c', 'uvx', ...proxy] },
    wsl: { command: 'wsl', args: ['uvx', ...proxy] },
    windsurf: { serverUrl: url, ...headersOf(key) },
    zed: { url, ...headersOf(key) },
  } as const
  const group = kind === 'zed' ? 'context_servers' : 'mcpServers'
  return JSON.stringify({ [group]: { [name]: entries[kind] } }, null, 2)
}

const headersOf = (key: string | undefined) => (key === undefined ? {} : { headers: { [KEY_HEADER]: key } })

/** A link that has Cursor add the server to its settings. */
export function cursorLink({ name, url, key }: ProjectServer): string {
  const config = base64(JSON.stringify({ url, ...headersOf(key) }))
  return `cursor://anysphere.cursor-deeplink/mcp/install?name=${encodeURIComponent(name)}&config=${encodeURIComponent(config)}`
}

/** A link that has Visual Studio Code add the server to its settings. */
export const vscodeLink = ({ name, url, key }: ProjectServer): string =>
  `vscode:mcp/install?${encodeURIComponent(JSON.stringify({ name, type: 'http', url, ...headersOf(key) }))}`

/** A command for a terminal that has Claude Code add the server. */
export const claudeCommand = ({ name, url, key }: ProjectServer): string =>
  `claude mcp add --transport http ${name} ${url}${key === undefined ? '' : ` --header "${KEY_HEADER}: ${key}"`}`

/** Base64 of UTF-8. */
const base64 = (text: string): string => btoa(String.fromCharCode(...new TextEncoder().encode(text)))

/** A name that settings and shells take: letters, digits and hyphens. @param id stands in for a name that has none of them */
export function serverName(projectName: string, id: string): string {
  const slug = projectName
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
  return slug === '' ? `project-${id.slice(0, 8)}` : slug
}
