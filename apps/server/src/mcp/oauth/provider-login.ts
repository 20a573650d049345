import { AppError } from '@runnel/protocol/errors'
import { isObject } from '@runnel/protocol/json'
import {
  type AuthorizationServer,
  allowInsecureRequests,
  authorizationCodeGrantRequest,
  type Client,
  ClientSecretPost,
  calculatePKCECodeChallenge,
  customFetch,
  None,
  processAuthorizationCodeResponse,
  validateAuthResponse,
} from 'oauth4webapi'
import type { HttpClient } from '../../egress/http-client.ts'
import type { OAuthSettings } from './oauth-settings.ts'

const TIMEOUT_MS = 15_000
const MAX_BYTES = 256 * 1024

const providerOf = ({ tokenUrl }: OAuthSettings): AuthorizationServer => ({
  issuer: new URL(tokenUrl).origin,
  token_endpoint: tokenUrl,
})
const clientOf = ({ clientId }: OAuthSettings): Client => ({ client_id: clientId })

/** Where a person signs in at the provider of a project. */
export async function providerAddress(
  settings: OAuthSettings,
  { state, verifier }: { readonly state: string; readonly verifier: string },
): Promise<string> {
  const url = new URL(settings.authorizationUrl)
  const asked = {
    response_type: 'code',
    client_id: settings.clientId,
    redirect_uri: settings.callbackUrl,
    state,
    code_challenge: await calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...(settings.providerScope && { scope: settings.providerScope }),
  }
  for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value)
  return url.href
}

export interface ProviderAnswer {
  readonly query: URLSearchParams
  readonly state: string
  readonly verifier: string
}

/**
 * Takes the provider's word for it that a person has signed in: its code is good for a token. The token itself is not
 * used, as flows run with what their owner has.
 * @throws Error of the library or the way out when the provider refuses or cannot be asked
 */
export async function confirmLogin(
  settings: OAuthSettings,
  { query, state, verifier }: ProviderAnswer,
  http: Pick<HttpClient, 'fetch'>,
  signal: AbortSignal,
): Promise<void> {
  const [provider, client] = [providerOf(settings), clientOf(settings)]
  // Only the two addresses of the provider are known, not the name it gives itself.
  const answered = new URLSearchParams(query)
  answered.delete('iss')
  const parameters = validateAuthResponse(provider, client, answered, state)
  const authentication = settings.clientSecret === null ? None() : ClientSecretPost(settings.clientSecret)
  const response = await authorizationCodeGrantRequest(
    provider,
    client,
    authentication,
    parameters,
    settings.callbackUrl,
    verifier,
    { [customFetch]: through(http, signal), [allowInsecureRequests]: settings.tokenUrl.startsWith('http:'), signal },
  )
  await processAuthorizationCodeResponse(provider, client, await withoutIdentity(response))
}

/** The library's `fetch`, by the guarded way out. */
const through =
  (http: Pick<HttpClient, 'fetch'>, signal: AbortSignal) =>
  async (
    url: string,
    { method, headers, body }: { method: string; headers: Record<string, string>; body?: unknown },
  ): Promise<Response> => {
    const sent = { method, headers, body: String(body), timeoutMs: TIMEOUT_MS, maxBytes: MAX_BYTES, redirects: 0 }
    const answer = await http.fetch(url, sent, signal)
    if (answer.status < 200 || answer.status > 599) throw new AppError('bad_request', ['The provider gave no answer.'])
    const isEmpty = [204, 205, 304].includes(answer.status)
    return new Response(isEmpty ? null : Buffer.from(answer.body), { status: answer.status, headers: answer.headers })
  }

/** Who it was is not asked, and the key a token of identity is signed with is not known. */
async function withoutIdentity(response: Response): Promise<Response> {
  if (!response.ok || !/\bjson\b/.test(response.headers.get('content-type') ?? '')) return response
  const given: unknown = await response.clone().json()
  if (!isObject(given)) return response
  const { id_token: _, ...rest } = given
  return Response.json(rest, { status: response.status })
}
