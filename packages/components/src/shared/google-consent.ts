import { createHash } from 'node:crypto'
import { AppError } from '@runnel/protocol/errors'
import { isObject, type JsonObject } from '@runnel/protocol/json'
import type { RunContext } from '@runnel/sdk'
import { textIn } from './ask-service.ts'
import { GOOGLE_TOKENS, googleToken, jsonOf, renewed, tokenFor } from './google-access.ts'

export interface ConsentAsked {
  /** The file of an OAuth client, of a user's credentials or of a service account. */
  readonly json: string
  readonly scopes: readonly string[]
  /** What Google gave the browser: the code, or the address it is in. */
  readonly code: string
}

/** Where a browser is sent that has no server to come back to: the code stands in the address it shows. */
const REDIRECT = 'http://localhost'

/**
 * Credentials with a token that is good now. Those of an OAuth client are kept among the files of the user, as the code
 * that gave them is good for once alone.
 * @throws AppError `invalid_field` with the address to open, for a client nobody has agreed to yet
 */
export async function googleConsent({ json, scopes, code }: ConsentAsked, context: RunContext): Promise<JsonObject> {
  const given = jsonOf(json)
  const client = [given.installed, given.web].find(isObject)
  if (!client) return ofUser(given, json, scopes, context)
  const name = `google-token-${hashOf(textIn(client.client_id), ...scopes)}.json`
  const kept = await keptIn(name, context)
  if (kept) return { ...kept, ...(await freshened(kept, context)) }
  const found = codeIn(code)
  if (found === '')
    throw new AppError('invalid_field', [
      `Open ${addressOf(client, scopes)} in a browser and agree. Then put the address it ends at into Authorization Code.`,
    ])
  const answer = await tokenFor(
    textIn(client.token_uri) || GOOGLE_TOKENS,
    {
      grant_type: 'authorization_code',
      code: found,
      client_id: textIn(client.client_id),
      client_secret: textIn(client.client_secret),
      redirect_uri: REDIRECT,
    },
    context,
  )
  const credentials = {
    ...lasting(client, scopes),
    refresh_token: textIn(answer.refresh_token),
    ...tokenIn(answer),
  }
  await context.files.save(name, () => new TextEncoder().encode(JSON.stringify(credentials)))
  return credentials
}

async function ofUser(given: JsonObject, json: string, scopes: readonly string[], context: RunContext) {
  if (given.type === 'service_account') {
    return { ...lasting(given, scopes), token: await googleToken(json, scopes, context) }
  }
  return { ...given, ...lasting(given, scopes), ...(await freshened(given, context)) }
}

async function freshened(credentials: JsonObject, context: RunContext): Promise<JsonObject> {
  return tokenIn(await renewed(credentials, context))
}

const tokenIn = ({ access_token, expires_in }: JsonObject): JsonObject => ({
  token: textIn(access_token),
  expiry: new Date(Date.now() + (Number(expires_in) || 3600) * 1000).toISOString(),
})

/** What does not end with the token. */
const lasting = (from: JsonObject, scopes: readonly string[]): JsonObject => ({
  token_uri: textIn(from.token_uri) || GOOGLE_TOKENS,
  client_id: textIn(from.client_id),
  ...(from.client_secret !== undefined && { client_secret: from.client_secret }),
  scopes,
  universe_domain: 'googleapis.com',
  account: '',
})

async function keptIn(name: string, { files }: RunContext): Promise<JsonObject | undefined> {
  const entry = (await files.list()).find((file) => file.name === name)
  if (!entry) return undefined
  return jsonOf(new TextDecoder().decode((await files.read(entry.path)).bytes))
}

function addressOf(client: JsonObject, scopes: readonly string[]): string {
  const asked = new URLSearchParams({
    client_id: textIn(client.client_id),
    redirect_uri: REDIRECT,
    response_type: 'code',
    scope: scopes.join(' '),
    access_type: 'offline',
    prompt: 'consent',
  })
  return `${textIn(client.auth_uri) || 'https://accounts.google.com/o/oauth2/auth'}?${asked}`
}

const codeIn = (given: string): string => URL.parse(given.trim())?.searchParams.get('code') ?? given.trim()

const hashOf = (...parts: readonly string[]): string =>
  createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 12)
