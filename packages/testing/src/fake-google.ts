import { createVerify, generateKeyPairSync } from 'node:crypto'
import type { HttpAnswer, HttpRequest } from '@runnel/sdk'

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })

/** The file of a service account whose signature the fake knows. */
export const serviceAccountFile = JSON.stringify({
  type: 'service_account',
  project_id: 'demo',
  client_email: 'robot@demo.test',
  private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
  token_uri: 'https://oauth2.test/token',
})

/** Credentials of a user, whose token has ended. */
export const userCredentials = {
  client_id: 'client',
  client_secret: 'secret',
  refresh_token: 'refresh',
  token: 'ended',
  expiry: '2020-01-01T00:00:00Z',
  token_uri: 'https://oauth2.test/token',
}

export interface GoogleRequest {
  readonly url: URL
  /** JSON, or a text as it is. */
  readonly body: unknown
}
/** What Google's APIs answer: JSON, or a text as it is. */
export type GoogleAnswers = (request: GoogleRequest) => unknown

/**
 * Google: an address that gives the token `good` for a signature of the service account, a refresh token or the code
 * `code`, and APIs that answer whoever shows it.
 */
export function fakeGoogle(answers: GoogleAnswers, seen: string[] = []) {
  return (address: string, { headers = {}, body }: HttpRequest): Partial<HttpAnswer> => {
    const url = new URL(address)
    const text = body === undefined ? '' : Buffer.from(body).toString()
    seen.push(`${url.host}${url.pathname}`)
    if (url.host === 'oauth2.test') return tokenFor(new URLSearchParams(text))
    if (headers.authorization !== 'Bearer good') {
      return json(401, { error: { code: 401, message: 'Request had invalid authentication credentials.' } })
    }
    const answer = answers({ url, body: /^[{[]/.test(text) ? JSON.parse(text) : text || undefined })
    if (answer === undefined) return json(404, { error: { code: 404, message: `Not found: ${url.pathname}` } })
    return typeof answer === 'string' ? { body: Buffer.from(answer) } : json(200, answer)
  }
}

function tokenFor(form: URLSearchParams): Partial<HttpAnswer> {
  const isKnown =
    form.get('refresh_token') === 'refresh' || form.get('code') === 'code' || isSigned(form.get('assertion') ?? '')
  if (!isKnown) return json(400, { error: 'invalid_grant' })
  const refresh = form.has('code') ? { refresh_token: 'refresh' } : {}
  return json(200, { access_token: 'good', expires_in: 3600, token_type: 'Bearer', ...refresh })
}

function isSigned(assertion: string): boolean {
  const [head = '', claims = '', signature = ''] = assertion.split('.')
  return createVerify('RSA-SHA256').update(`${head}.${claims}`).verify(publicKey, signature, 'base64url')
}

const json = (status: number, body: unknown): Partial<HttpAnswer> => ({
  status,
  body: Buffer.from(JSON.stringify(body)),
})
