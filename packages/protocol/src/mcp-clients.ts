import { askProjectMcp, openProjectMcpStream } from './mcp.ts'

/** Programs on a desk that a project can be added to. The first three are Langflow's. */
export const mcpClients = ['cursor', 'windsurf', 'claude', 'vscode', 'zed'] as const
export type McpClient = (typeof mcpClients)[number]

export const mcpClientNames: Readonly<Record<McpClient, string>> = {
  cursor: 'Cursor',
  windsurf: 'Windsurf',
  claude: 'Claude',
  vscode: 'VS Code',
  zed: 'Zed',
}

export const mcpTransports = ['sse', 'streamablehttp'] as const
export type McpTransport = (typeof mcpTransports)[number]

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

/** `mcp-proxy`, which stands between a server at an address and clients that start programs. */
function proxyOf({ url, sseUrl, key }: ProjectServer, transport: McpTransport): readonly string[] {
  const header = key === undefined ? [] : ['--headers', KEY_HEADER, key]
  return transport === 'sse'
    ? ['mcp-proxy', ...header, sseUrl]
    : ['mcp-proxy', '--transport', 'streamablehttp', ...header, url]
}

/** What a program has in its settings for the server, and in which group of them. */
export function clientSettings(client: McpClient, server: ProjectServer, transport: McpTransport) {
  const url = transport === 'sse' ? server.sseUrl : server.url
  const headers = headersOf(server.key)
  const places = {
    cursor: { group: 'mcpServers', entry: { url, ...headers } },
    windsurf: { group: 'mcpServers', entry: { serverUrl: url, ...headers } },
    claude: { group: 'mcpServers', entry: { command: 'uvx', args: proxyOf(server, transport) } },
    vscode: { group: 'servers', entry: { type: transport === 'sse' ? 'sse' : 'http', url, ...headers } },
    zed: { group: 'context_servers', entry: { url, ...headers } },
  } as const
  return places[client]
}

/** What clients have in their `mcpServers`: the address itself, or a program that stands between. */
export function clientConfig(kind: ConfigKind, server: ProjectServer, transport: McpTransport = 'sse'): string {
  const { name, url, key } = server
  const proxy = proxyOf(server, transport)
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
