import type { OAuthSettings } from './oauth-settings.ts'

/** Where clients read how the MCP server of a project is protected (RFC 9728). */
export const resourceMetadataOf = ({ origin, resource }: Pick<OAuthSettings, 'origin' | 'resource'>): string =>
  `${origin}/.well-known/oauth-protected-resource${resource.slice(origin.length)}`

/** The server as a resource that asks for tokens. */
export const protectedResource = (settings: OAuthSettings, name: string) => ({
  resource: settings.resource,
  authorization_servers: [settings.resource],
  bearer_methods_supported: ['header'],
  resource_name: name,
  ...scopesOf(settings),
})

/** The server as whoever gives them (RFC 8414). */
export const authorizationServer = (settings: OAuthSettings) => ({
  issuer: settings.resource,
  authorization_endpoint: `${settings.resource}/oauth/authorize`,
  token_endpoint: `${settings.resource}/oauth/token`,
  registration_endpoint: `${settings.resource}/oauth/register`,
  revocation_endpoint: `${settings.resource}/oauth/revoke`,
  response_types_supported: ['code'],
  grant_types_supported: ['authorization_code', 'refresh_token'],
  code_challenge_methods_supported: ['S256'],
  token_endpoint_auth_methods_supported: ['none'],
  revocation_endpoint_auth_methods_supported: ['none'],
  authorization_response_iss_parameter_supported: true,
  ...scopesOf(settings),
})

const scopesOf = ({ mcpScope }: OAuthSettings) => {
  const scopes = mcpScope.split(/\s+/).filter((scope) => scope !== '')
  return scopes.length > 0 ? { scopes_supported: scopes } : {}
}
