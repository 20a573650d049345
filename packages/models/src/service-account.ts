import { createSign } from 'node:crypto'
import { AppError } from '@runnel/protocol/errors'
import { isObject } from '@runnel/protocol/json'

const TOKEN_ADDRESS = 'https://oauth2.googleapis.com/token'
const HOUR_S = 3600

/** The part of a Google service account's file that signs for it. */
export interface ServiceAccount {
  readonly email: string
  readonly privateKey: string
  /** Empty when the file names none. */
  readonly projectId: string
  /** Where its signature is exchanged for a token. */
  readonly tokenUrl: string
}

/** The service account in the JSON of its file; undefined when it is none. */
export function serviceAccountIn(json: string): ServiceAccount | undefined {
  let parsed: unknown
  try {
    parsed = JSON.parse(json)
  } catch {
    return undefined
  }
  const { client_email, private_key, project_id = '', token_uri = TOKEN_ADDRESS } = isObject(parsed) ? parsed : {}
  if (typeof client_email !== 'string' || typeof private_key !== 'string') return undefined
  return { email: client_email, privateKey: private_key, projectId: String(project_id), tokenUrl: String(token_uri) }
}

/**
 * The form with which an account asks for a token. `now` in epoch milliseconds.
 * @throws AppError `model_error` when its key cannot sign
 */
export function accountForm(
  { email, privateKey, tokenUrl }: ServiceAccount,
  scope: string,
  now: number,
): Readonly<Record<string, string>> {
  const iat = Math.floor(now / 1000)
  const claims = { iss: email, scope, aud: tokenUrl, iat, exp: iat + HOUR_S }
  const unsigned = [{ alg: 'RS256', typ: 'JWT' }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
  try {
    const signature = createSign('RSA-SHA256').update(unsigned).sign(privateKey, 'base64url')
    return { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: `${unsigned}.${signature}` }
  } catch (cause) {
    throw new AppError('model_error', ['The private key of the service account cannot be used.'], { cause })
  }
}
