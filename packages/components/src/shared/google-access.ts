import { randomUUID } from 'node:crypto'
import { accountForm, serviceAccountIn } from '@runnel/models/service-account'
import { AppError } from '@runnel/protocol/errors'
import { isObject, type JsonObject } from '@runnel/protocol/json'
import type { HttpRequest, RunContext } from '@runnel/sdk'
import { answerOfService, askService, jsonObject, type ServiceAnswer, textIn } from './ask-service.ts'

export const GOOGLE_TOKENS = 'https://oauth2.googleapis.com/token'
/** A token this close to its end is not used any more. */
const MARGIN_MS = 60_000

/**
 * The access token of credentials in JSON: those of a user, which are renewed when they have ended, or the file of a
 * service account, which signs for itself.
 * @throws AppError `invalid_field` for what are no credentials, `bad_request` when Google gives no token for them.
 */
export async function googleToken(json: string, scopes: readonly string[], context: RunContext): Promise<string> {
  const account = serviceAccountIn(json)
  if (account) {
    const form = accountForm(account, scopes.join(' '), Date.now())
    return textIn((await tokenFor(account.tokenUrl, form, context)).access_token)
  }
  const credentials = jsonOf(json)
  const token = textIn(credentials.token) || textIn(credentials.access_token)
  const ends = Date.parse(withZone(textIn(credentials.expiry)))
  if (token !== '' && (Number.isNaN(ends) || ends - MARGIN_MS > Date.now())) return token
  return textIn((await renewed(credentials, context)).access_token)
}

/** Google's answer to a refresh token. @throws AppError as `googleToken` does */
export async function renewed(credentials: JsonObject, context: RunContext): Promise<JsonObject> {
  const { client_id, client_secret, refresh_token, token_uri } = credentials
  const missing = Object.entries({ refresh_token, client_id, client_secret }).flatMap(([name, value]) =>
    textIn(value) === '' ? [name] : [],
  )
  if (missing.length > 0) {
    const why = `Authorized user info was not in the expected format, missing fields ${missing.join(', ')}.`
    throw new AppError('invalid_field', [why])
  }
  const form = {
    grant_type: 'refresh_token',
    client_id: textIn(client_id),
    client_secret: textIn(client_secret),
    refresh_token: textIn(refresh_token),
  }
  return tokenFor(textIn(token_uri) || GOOGLE_TOKENS, form, context)
}

/** What the address of tokens gives for a form. @throws AppError `bad_request` when that is no token */
export async function tokenFor(
  url: string,
  form: Readonly<Record<string, string>>,
  context: RunContext,
): Promise<JsonObject> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' }
  const request = { method: 'POST', headers, body: new URLSearchParams(form).toString() }
  const answer = await answerOfService(url, request, context)
  if (answer.status < 400) {
    const given = jsonObject(answer)
    if (textIn(given.access_token) !== '') return given
  }
  const why = 'Authentication error: Unable to refresh authentication token. Please try to reauthenticate.'
  throw new AppError('bad_request', [`${why} ${answer.text.slice(0, 300)}`.trim()])
}

/** The JSON object of credentials. @throws AppError `invalid_field` */
export function jsonOf(json: string): JsonObject {
  let parsed: unknown
  try {
    parsed = JSON.parse(json)
  } catch (cause) {
    throw new AppError('invalid_field', ['Invalid JSON string'], { cause })
  }
  if (isObject(parsed)) return parsed
  throw new AppError('invalid_field', ['Invalid JSON string'])
}

/** What Google's libraries write without a zone is meant in UTC. */
const withZone = (time: string): string => (/([zZ]|[+-]\d\d:?\d\d)$/.test(time) ? time : `${time}Z`)

/** An API of Google, asked with a token. */
export interface GoogleApi {
  /** @throws AppError `bad_request` with what Google says */
  ask(url: string, body?: unknown): Promise<JsonObject>
  /** An answer that is no JSON. */
  read(url: string): Promise<ServiceAnswer>
  /** Sends a file and what it is. @throws AppError `bad_request` with what Google says */
  upload(
    url: string,
    about: JsonObject,
    file: { readonly mediaType: string; readonly bytes: Uint8Array },
  ): Promise<JsonObject>
}

export function googleApi(token: string, context: RunContext): GoogleApi {
  const headers = { authorization: `Bearer ${token}` }
  async function answered(url: string, request: HttpRequest): Promise<JsonObject> {
    const answer = await answerOfService(url, { ...request, timeoutMs: 60_000 }, context)
    if (answer.status < 400) return jsonObject(answer)
    throw new AppError('bad_request', [saidIn(answer)])
  }
  return {
    ask(url, body) {
      const post = { method: 'POST', body: JSON.stringify(body) }
      const asJson = { ...headers, 'content-type': 'application/json' }
      return answered(url, { headers: asJson, ...(body !== undefined && post) })
    },
    upload(url, about, { mediaType, bytes }) {
      const boundary = `part-${randomUUID()}`
      const head = (type: string) => `--${boundary}\r\ncontent-type: ${type}\r\n\r\n`
      const body = Buffer.concat([
        Buffer.from(`${head('application/json; charset=UTF-8')}${JSON.stringify(about)}\r\n${head(mediaType)}`),
        bytes,
        Buffer.from(`\r\n--${boundary}--\r\n`),
      ])
      const related = { ...headers, 'content-type': `multipart/related; boundary=${boundary}` }
      return answered(url, { method: 'POST', headers: related, body })
    },
    read: (url) => askService(url, { headers, maxBytes: 50 * 1024 * 1024 }, context),
  }
}

/** The sentence in an error of Google's. */
function saidIn({ status, text }: ServiceAnswer): string {
  try {
    const parsed: unknown = JSON.parse(text)
    const error = isObject(parsed) && isObject(parsed.error) ? parsed.error : {}
    if (textIn(error.message) !== '') return textIn(error.message)
  } catch {
    // It is no JSON: all of it is shown.
  }
  return `HTTP error occurred: ${status} - ${text.slice(0, 500)}`
}

/** Does a piece of work with what a Google service holds, and says what was being done when it fails. */
export async function doing<Value>(what: string, { signal }: RunContext, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work()
  } catch (error) {
    signal.throwIfAborted()
    if (!(error instanceof AppError) || error.code !== 'bad_request' || error.message.startsWith('Authentication')) {
      throw error
    }
    throw new AppError('bad_request', [`${what}: ${error.message}`], { cause: error })
  }
}
