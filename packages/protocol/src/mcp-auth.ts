import { z } from 'zod'

const text = z.string().trim().max(2000).nullish()

/** Who may call the MCP server of a project: everybody, whoever shows a key of its owner, or whoever signs in elsewhere. */
export const McpAuthSettings = z.object({
  auth_type: z.enum(['none', 'apikey', 'oauth']),
  /** Where clients reach this server when `oauth_server_url` does not say it. */
  oauth_host: text,
  oauth_port: z.union([z.number().int().min(1).max(65_535), z.string().trim().max(5)]).nullish(),
  /** The address of this server as clients see it. */
  oauth_server_url: text,
  /** The path on this server the provider sends people back to. */
  oauth_callback_path: text,
  /** The same as an address, as later versions have it. */
  oauth_callback_url: text,
  /** What this server is known by at the provider. */
  oauth_client_id: text,
  oauth_client_secret: text,
  /** Where the provider asks people to sign in, and where it gives tokens. */
  oauth_auth_url: text,
  oauth_token_url: text,
  /** What clients ask this server for, and what this server asks the provider for. */
  oauth_mcp_scope: text,
  oauth_provider_scope: text,
})
export type McpAuthSettings = z.output<typeof McpAuthSettings>
