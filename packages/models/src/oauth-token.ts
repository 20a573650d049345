import { createHash } from 'node:crypto'
import { isObject } from '@runnel/protocol/json'
import type { Sending } from './chat-model.ts'
import { exchange } from './exchange.ts'
import { Fault } from './fault.ts'

export interface TokenRequest {
  readonly url: string
  /** Sent as a form. */
  readonly form: Readonly<Record<string, string>>
  /** What the token stands for; kept as a hash only. */
  readonly secret: string
}

interface Held {
  readonly token: string
  /** Epoch milliseconds. */
  readonly expiresAt: number
}

/** A token this close to its end is not used any more, in milliseconds. */
const MARGIN_MS = 60_000
const MAX_HELD = 500
const held = new Map<string, Held>()

/**
 * The access token a service gives for a secret; kept until shortly before it ends.
 * @throws Fault when there is none.
 */
export async function oauthToken(
  { url, form, secret }: TokenRequest,
  { limits, signal, now }: Pick<Sending, 'limits' | 'signal' | 'now'>,
): Promise<string> {
  const key = createHash('sha256').update(`${url}\n${secret}`).digest('base64')
  const known = held.get(key)
  if (known && known.expiresAt - MARGIN_MS > now) return known.token
  const headers = { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' }
  const answer = await exchange({ url, headers, body: new URLSearchParams(form).toString() }, limits, signal)
  const chunks: Buffer[] = []
  for (let chunk = await answer.read(); chunk; chunk = await answer.read()) chunks.push(chunk)
  const body = Buffer.concat(chunks).toString('utf8')
  if (answer.status !== 200) throw new Fault({ kind: 'status', status: answer.status, body, retryAfter: undefined })
  const { token, seconds } = tokenIn(body)
  if (held.size >= MAX_HELD) held.clear()
  held.set(key, { token, expiresAt: now + seconds * 1000 })
  return token
}

function tokenIn(body: string): { readonly token: string; readonly seconds: number } {
  let parsed: unknown
  try {
    parsed = JSON.parse(body)
  } catch {
    parsed = undefined
  }
  const token = isObject(parsed) ? parsed.access_token : undefined
  if (!isObject(parsed) || typeof token !== 'string') throw new Fault({ kind: 'broken', why: 'it gave no token' })
  return { token, seconds: Number(parsed.expires_in) || 600 }
}
