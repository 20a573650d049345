import { newId } from '@runnel/protocol/id'
import type { Storage } from '@runnel/storage/open-storage'
import { calculatePKCECodeChallenge } from 'oauth4webapi'
import { isOwnResource, markOf } from './client-logins.ts'
import { OAuthFailure } from './oauth-failure.ts'
import type { OAuthSettings } from './oauth-settings.ts'
import { areRedirects } from './redirect-addresses.ts'
import type { SealedTokens } from './sealed-tokens.ts'

const ACCESS_MS = 3_600_000
const REFRESH_MS = 30 * 24 * 3_600_000
const MAX_NAME = 100

type Form = Readonly<Record<string, string>>

export interface ClientGrantsOptions {
  readonly storage: Pick<Storage, 'mcpGrants'>
  readonly tokens: SealedTokens
  /** Epoch milliseconds. */
  readonly now: () => number
}

/** Registers clients of the MCP servers of projects, and gives them tokens. A client keeps no secret. */
export function createClientGrants({ storage: { mcpGrants }, tokens, now }: ClientGrantsOptions) {
  const answer = (
    projectId: string,
    settings: OAuthSettings,
    grant: { id: string; refresh: string; client: string },
  ) => ({
    access_token: tokens.make('access', projectId, { grant: grant.id }, ACCESS_MS),
    token_type: 'Bearer' as const,
    expires_in: ACCESS_MS / 1000,
    refresh_token: tokens.make(
      'refresh',
      projectId,
      { grant: grant.id, id: grant.refresh, client: grant.client },
      REFRESH_MS,
    ),
    ...(settings.mcpScope && { scope: settings.mcpScope }),
  })

  async function byCode(projectId: string, settings: OAuthSettings, form: Form) {
    const code = tokens.read('code', projectId, form.code)
    if (!code || code.client !== markOf(form.client_id ?? '')) throw invalidGrant('The code is not good, or too old')
    if (form.redirect_uri !== undefined && form.redirect_uri !== code.redirect) {
      throw invalidGrant('The code was meant for another address')
    }
    if ((await calculatePKCECodeChallenge(form.code_verifier ?? '')) !== code.challenge) {
      throw invalidGrant('The code verifier does not fit')
    }
    const grant = { id: code.grant, refresh: newId(), client: code.client }
    const isFirst = await mcpGrants.add({
      id: grant.id,
      projectId,
      client: code.clientName,
      refreshId: grant.refresh,
      createdAt: now(),
      expiresAt: now() + REFRESH_MS,
    })
    if (!isFirst) {
      // Somebody else has had it.
      await mcpGrants.remove(grant.id)
      throw invalidGrant('The code was used before')
    }
    await mcpGrants.removeExpired(now())
    return answer(projectId, settings, grant)
  }

  async function byRefresh(projectId: string, settings: OAuthSettings, form: Form) {
    const shown = tokens.read('refresh', projectId, form.refresh_token)
    if (!shown || shown.client !== markOf(form.client_id ?? '')) throw invalidGrant('The refresh token is not good')
    const next = { refreshId: newId(), expiresAt: now() + REFRESH_MS }
    if (!(await mcpGrants.renew(shown.grant, shown.id, next))) {
      // Used before: it, or what came of it, is in other hands.
      await mcpGrants.remove(shown.grant)
      throw invalidGrant('The refresh token was used before, or has ended')
    }
    return answer(projectId, settings, { id: shown.grant, refresh: next.refreshId, client: shown.client })
  }

  return {
    /** The answer to a registration: the client id holds all there is to know. @throws OAuthFailure */
    register(projectId: string, { redirect_uris: redirects, client_name: given }: NewClient) {
      if (!areRedirects(redirects)) {
        throw new OAuthFailure('invalid_redirect_uri', 'Use https, an address of this machine, or a scheme of your own')
      }
      const name = given?.trim().slice(0, MAX_NAME) || 'A client without a name'
      return {
        client_id: tokens.make('client', projectId, { name, redirects: [...redirects] }),
        client_id_issued_at: Math.floor(now() / 1000),
        client_name: name,
        redirect_uris: redirects,
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        token_endpoint_auth_method: 'none',
      }
    },

    /** @throws OAuthFailure */
    async issue(projectId: string, settings: OAuthSettings, form: Form) {
      if (!tokens.read('client', projectId, form.client_id)) {
        throw new OAuthFailure('invalid_client', 'This client is not known here')
      }
      if (!isOwnResource(form.resource, settings)) throw new OAuthFailure('invalid_target', 'Another resource is meant')
      if (form.grant_type === 'authorization_code') return byCode(projectId, settings, form)
      if (form.grant_type === 'refresh_token') return byRefresh(projectId, settings, form)
      throw new OAuthFailure('unsupported_grant_type', 'Show a code or a refresh token')
    },

    /** Ends the grant of a token; what is no token has none. */
    async revoke(projectId: string, token: string | undefined): Promise<void> {
      const found = tokens.read('refresh', projectId, token) ?? tokens.read('access', projectId, token)
      if (found) await mcpGrants.remove(found.grant)
    },

    /** Whether a bearer token lets its client in. */
    async isGood(projectId: string, token: string): Promise<boolean> {
      const shown = tokens.read('access', projectId, token)
      return shown !== undefined && (await mcpGrants.find(projectId, shown.grant)) !== undefined
    },
  }
}
export type ClientGrants = ReturnType<typeof createClientGrants>

interface NewClient {
  readonly redirect_uris: readonly string[]
  readonly client_name?: string | undefined
}

const invalidGrant = (why: string) => new OAuthFailure('invalid_grant', why)
