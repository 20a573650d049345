import { AppError } from '@runnel/protocol/errors'
import type { McpAuthSettings } from '@runnel/protocol/mcp-auth'
import { isLoopbackAddress } from '../../http/origin.ts'

/** A sign-in elsewhere, ready to be asked for. All addresses are whole. */
export interface OAuthSettings {
  readonly type: 'oauth'
  /** The address of this server as clients see it, without a slash at the end. */
  readonly origin: string
  /** What clients name when they ask for a token, and who gives it: the MCP server of the project. */
  readonly resource: string
  readonly callbackUrl: string
  readonly clientId: string
  readonly clientSecret: string | null
  readonly authorizationUrl: string
  readonly tokenUrl: string
  /** What clients are granted; '' for nothing in particular. */
  readonly mcpScope: string
  readonly providerScope: string
}

/** A path of one's own for people who come back; the provider may know Langflow's, `/auth/idaas/callback`. */
const OWN_CALLBACK = /^\/auth\/[A-Za-z0-9._~-]+\/callback$/

/** @throws AppError `invalid_field` that says what is missing or cannot be */
export function checkOAuth(settings: McpAuthSettings, projectId: string): OAuthSettings {
  const origin = originOf(settings)
  const resource = `${origin}/api/v1/mcp/project/${projectId}`
  return {
    type: 'oauth',
    origin,
    resource,
    callbackUrl: callbackOf(settings, origin, `${resource}/oauth/callback`),
    clientId: settings.oauth_client_id || refuse('OAuth needs a client ID.'),
    clientSecret: settings.oauth_client_secret || null,
    authorizationUrl: secureUrl(settings.oauth_auth_url, 'authorization URL').href,
    tokenUrl: secureUrl(settings.oauth_token_url, 'token URL').href,
    mcpScope: settings.oauth_mcp_scope ?? '',
    providerScope: settings.oauth_provider_scope ?? '',
  }
}

function originOf({ oauth_server_url: url, oauth_host: host, oauth_port: port }: McpAuthSettings): string {
  const given = url || (host && `http://${host}${port ? `:${port}` : ''}`)
  const { origin, pathname, search } = secureUrl(given, 'server URL')
  if (pathname !== '/' || search !== '') refuse('The server URL is the address of this server alone, without a path.')
  return origin
}

function callbackOf(settings: McpAuthSettings, origin: string, usual: string): string {
  const given = settings.oauth_callback_path || settings.oauth_callback_url
  if (!given) return usual
  const url = URL.parse(given, origin)
  const isOwn = url?.origin === origin && url.search === '' && url.hash === ''
  if (!isOwn || (url.href !== usual && !OWN_CALLBACK.test(url.pathname))) {
    refuse(`The callback path is ${new URL(usual).pathname} or /auth/NAME/callback, at the server URL.`)
  }
  return url.href
}

/** Codes, secrets and tokens pass there: in the open only where they do not leave the machine. */
function secureUrl(text: string | null | undefined, what: string): URL {
  if (!text) return refuse(`OAuth needs the ${what}.`)
  const url = URL.parse(text)
  const isSecure = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname))
  if (!url || !isSecure || url.username || url.password || url.hash) {
    return refuse(`The ${what} must begin with https://, or with http:// on this machine.`)
  }
  return url
}

const isLoopback = (host: string): boolean => isLoopbackAddress(host.replace(/^\[|\]$/g, ''))

function refuse(why: string): never {
  throw new AppError('invalid_field', [why])
}
