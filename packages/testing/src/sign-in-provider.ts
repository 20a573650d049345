import { createHash, randomBytes } from 'node:crypto'
import http from 'node:http'
import type { AddressInfo } from 'node:net'

export interface SignInProvider extends AsyncDisposable {
  readonly authorizationUrl: string
  readonly tokenUrl: string
  readonly clientId: string
  readonly clientSecret: string
  /** What was asked of it, the token endpoint's answers included: `token 200`. */
  readonly seen: readonly string[]
  /** Whether the person agrees from now on. */
  agrees: boolean
}

/**
 * An OAuth 2.0 provider on loopback that lets its one person in at once: the authorization code grant with PKCE, codes
 * good for one use, and a client that must know its secret. As others do, it sends a token of identity too.
 */
export async function signInProvider(): Promise<SignInProvider> {
  const [clientId, clientSecret] = ['runnel', randomBytes(8).toString('hex')]
  const codes = new Map<string, { readonly redirect: string; readonly challenge: string }>()
  const seen: string[] = []

  function authorize(query: URLSearchParams, response: http.ServerResponse): void {
    const redirect = query.get('redirect_uri') ?? ''
    const isKnown = query.get('client_id') === clientId && query.get('response_type') === 'code'
    if (!isKnown || query.get('code_challenge_method') !== 'S256') return void response.writeHead(400).end()
    const back = new URL(redirect)
    back.searchParams.set('state', query.get('state') ?? '')
    if (provider.agrees) {
      const code = randomBytes(8).toString('hex')
      codes.set(code, { redirect, challenge: query.get('code_challenge') ?? '' })
      back.searchParams.set('code', code)
    } else back.searchParams.set('error', 'access_denied')
    seen.push(`authorize ${query.get('scope')}`)
    response.writeHead(302, { location: back.href }).end()
  }

  function token(form: URLSearchParams): [number, object] {
    if (form.get('client_id') !== clientId || form.get('client_secret') !== clientSecret) {
      return [401, { error: 'invalid_client' }]
    }
    const code = codes.get(form.get('code') ?? '')
    codes.delete(form.get('code') ?? '')
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url')
    const isGood = code?.redirect === form.get('redirect_uri') && code?.challenge === challenge
    if (!isGood || form.get('grant_type') !== 'authorization_code') return [400, { error: 'invalid_grant' }]
    return [200, { access_token: 'of the provider', token_type: 'bearer', expires_in: 60, id_token: 'a.b.c' }]
  }

  const server = http.createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://provider')
    if (url.pathname === '/authorize') return authorize(url.searchParams, response)
    let body = ''
    for await (const chunk of request.setEncoding('utf8')) body += chunk
    const [status, answer] = token(new URLSearchParams(body))
    seen.push(`token ${status}`)
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // Listening on a port, it has this form.
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider: SignInProvider = {
    authorizationUrl: `${address}/authorize`,
    tokenUrl: `${address}/token`,
    clientId,
    clientSecret,
    seen,
    agrees: true,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return provider
}
