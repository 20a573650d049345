import type { McpAuthSettings } from '@runnel/protocol/mcp-auth'
import { type OAuthField, oauthFields, SECRET_MASK } from '@runnel/protocol/mcp-auth-fields'

/** What stands in the fields of a provider; empty for what is not given. */
export type AuthForm = Readonly<Record<OAuthField, string>>

/** The fields as they are stored. At first, this server is where the page came from. */
export function authForm(
  settings: McpAuthSettings | null,
  page: Pick<Location, 'origin' | 'hostname' | 'port' | 'protocol'>,
): AuthForm {
  const isNew = settings?.auth_type !== 'oauth'
  const here: Partial<AuthForm> = isNew
    ? {
        oauth_host: page.hostname,
        oauth_port: page.port || (page.protocol === 'https:' ? '443' : '80'),
        oauth_server_url: page.origin,
        oauth_mcp_scope: 'user',
      }
    : {}
  const entries = oauthFields.map((field) => [field, String(settings?.[field] ?? here[field] ?? '')])
  // Made from the list of all fields.
  return Object.fromEntries(entries) as AuthForm
}

/** What is sent: nothing of a provider unless there is one. */
export function authSettings(type: McpAuthSettings['auth_type'], form: AuthForm): McpAuthSettings {
  if (type !== 'oauth') return { auth_type: type }
  const entries = oauthFields.map((field) => [field, form[field].trim() || null])
  return { auth_type: type, ...Object.fromEntries(entries) }
}

/** Whether the server could begin a sign-in with it. */
export const isComplete = (form: AuthForm): boolean =>
  [form.oauth_client_id, form.oauth_auth_url, form.oauth_token_url].every((text) => text.trim() !== '') &&
  `${form.oauth_server_url}${form.oauth_host}`.trim() !== ''

/** The address people come back to, which the provider must know; undefined while there is none. */
export function callbackAddress(form: AuthForm, usual: string): string | undefined {
  const base = form.oauth_server_url.trim() || `http://${form.oauth_host.trim()}:${form.oauth_port.trim() || '80'}`
  return URL.parse(form.oauth_callback_path.trim() || usual, base)?.href
}

/** A secret that is kept and not shown. */
export const isKept = (secret: string): boolean => secret === SECRET_MASK
