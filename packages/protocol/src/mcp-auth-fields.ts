import type { McpAuthSettings } from './mcp-auth.ts'

/** Stands for a secret that is kept, in answers; sent back, it leaves the secret as it is. */
export const SECRET_MASK = '*******'

/** The fields a provider is described by, in the order forms show them. */
export const oauthFields = [
  'oauth_host',
  'oauth_port',
  'oauth_server_url',
  'oauth_callback_path',
  'oauth_client_id',
  'oauth_client_secret',
  'oauth_auth_url',
  'oauth_token_url',
  'oauth_mcp_scope',
  'oauth_provider_scope',
] as const satisfies readonly (keyof McpAuthSettings)[]
export type OAuthField = (typeof oauthFields)[number]
