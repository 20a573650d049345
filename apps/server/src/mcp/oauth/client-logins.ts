import { hash } from 'node:crypto'
import { AppError, messageOf } from '@runnel/protocol/errors'
import { newId } from '@runnel/protocol/id'
import type { ProjectRecord } from '@runnel/storage/records'
import { generateRandomCodeVerifier, generateRandomState } from 'oauth4webapi'
import type { HttpClient } from '../../egress/http-client.ts'
import type { Log } from '../../log.ts'
import type { Consent } from './consent-page.ts'
import type { OAuthSettings } from './oauth-settings.ts'
import { confirmLogin, providerAddress } from './provider-login.ts'
import { isRegistered } from './redirect-addresses.ts'
import type { SealedTokens } from './sealed-tokens.ts'

/** How long a sign-in may take, in milliseconds. */
export const LOGIN_MS = 600_000
const CODE_MS = 60_000
const MAX_STATE = 1000
const CHALLENGE = /^[A-Za-z0-9_-]{43}$/

type Query = Readonly<Record<string, string>>

export interface ClientLoginsOptions {
  readonly tokens: SealedTokens
  readonly http: Pick<HttpClient, 'fetch'>
  readonly log: Pick<Log, 'warn'>
}

/** A sign-in that waits for the person. */
export interface BegunLogin {
  readonly consent: Consent
  /** What the browser keeps until the person is back: only this one can end what it has begun. */
  readonly cookie: { readonly name: string; readonly value: string }
}

/** The cookie of the sign-in with that state; each has its own, so that two at once do not meet. */
export const cookieOf = (state: string): string => `mcp_login_${state.replace(/[^A-Za-z0-9_-]/g, '').slice(0, 24)}`

/** Signs people in at the provider of a project, for clients of its MCP server. */
export function createClientLogins({ tokens, http, log }: ClientLoginsOptions) {
  /** Where the client hears how it went. */
  function answerTo(redirect: string, answer: Readonly<Record<string, string | null>>): string {
    const url = new URL(redirect)
    for (const [name, value] of Object.entries(answer)) if (value !== null) url.searchParams.set(name, value)
    return url.href
  }

  return {
    /**
     * What the person is asked, for a request of a client; or the address at which the client is refused.
     * @throws AppError `mcp_sign_in_invalid` where it is not known who asks
     */
    async begin(project: ProjectRecord, settings: OAuthSettings, query: Query): Promise<BegunLogin | string> {
      const client = tokens.read('client', project.id, query.client_id)
      if (!client) throw new AppError('mcp_sign_in_invalid', ['This client is not known here. Have it register again.'])
      const { redirect_uri: redirect = client.redirects[0] ?? '', state: clientState = null } = query
      if (!isRegistered(redirect, client.redirects)) {
        throw new AppError('mcp_sign_in_invalid', ['The client asks to be answered at an address it did not register.'])
      }
      const refusal = (code: string, why: string) =>
        answerTo(redirect, { error: code, error_description: why, state: clientState, iss: settings.resource })
      if ((clientState ?? '').length > MAX_STATE) return refusal('invalid_request', 'The state is too long')
      if (query.response_type !== 'code') return refusal('unsupported_response_type', 'Ask for a code')
      const { code_challenge: challenge = '', code_challenge_method: method } = query
      if (method !== 'S256' || !CHALLENGE.test(challenge))
        return refusal('invalid_request', 'PKCE with S256 is required')
      if (!isOwnResource(query.resource, settings)) return refusal('invalid_target', 'Another resource is meant')

      const [state, verifier] = [generateRandomState(), generateRandomCodeVerifier()]
      const asked = { client: markOf(query.client_id ?? ''), clientName: client.name, clientState }
      const kept = { state, verifier, redirect, challenge, ...asked }
      return {
        consent: {
          client: client.name,
          redirect: hostOf(redirect),
          project: project.name,
          address: await providerAddress(settings, { state, verifier }),
          refusal: refusal('access_denied', 'The person refused'),
        },
        cookie: { name: cookieOf(state), value: tokens.make('login', project.id, kept, LOGIN_MS) },
      }
    },

    /** The address the person goes on to, with a code for the client or the reason why there is none. */
    async end(
      project: ProjectRecord,
      settings: OAuthSettings,
      { query, cookie }: { readonly query: Query; readonly cookie: string | undefined },
      signal: AbortSignal,
    ): Promise<string> {
      const login = tokens.read('login', project.id, cookie)
      if (!login || login.state !== query.state) throw new AppError('mcp_sign_in_invalid', [NOT_BEGUN])
      const { redirect, clientState: state, verifier, challenge, client, clientName } = login
      const answer = { state, iss: settings.resource }
      if (query.error !== undefined) {
        return answerTo(redirect, { ...answer, error: 'access_denied', error_description: 'The provider refused' })
      }
      try {
        const said = { query: new URLSearchParams(query), state: login.state, verifier }
        await confirmLogin(settings, said, http, signal)
      } catch (error) {
        if (signal.aborted) throw error
        log.warn('sign-in at the provider of a project failed', { projectId: project.id, why: messageOf(error) })
        const description = 'The provider did not confirm the sign-in'
        return answerTo(redirect, { ...answer, error: 'server_error', error_description: description })
      }
      const content = { grant: newId(), redirect, challenge, client, clientName }
      return answerTo(redirect, { ...answer, code: tokens.make('code', project.id, content, CODE_MS) })
    },
  }
}
export type ClientLogins = ReturnType<typeof createClientLogins>

/** What a person is told whose sign-in is not known here. */
export const NOT_BEGUN = 'This sign-in was not begun in this browser, or too long ago. Begin again from the client.'

/** The MCP server of the project, by any of its addresses; clients that name none mean it. */
export const isOwnResource = (named: string | undefined, { resource }: OAuthSettings): boolean =>
  named === undefined || named === '' || named === resource || named.startsWith(`${resource}/`)

/** Of the client a code or token was made for; its id is long. */
export const markOf = (clientId: string): string => hash('sha256', clientId, 'base64url').slice(0, 22)

/** Who gets the answer, without what may be secret in the address. */
function hostOf(redirect: string): string {
  const { protocol, host } = new URL(redirect)
  return host === '' ? protocol : `${protocol}//${host}`
}
