import { AppError } from '@runnel/protocol/errors'
import { isObject } from '@runnel/protocol/json'

/** Why a call to a provider failed. */
export type FaultReason =
  /** No connection, or lost before the answer began or in its middle. */
  | { readonly kind: 'connection'; readonly code: string }
  | { readonly kind: 'status'; readonly status: number; readonly body: string; readonly retryAfter: string | undefined }
  | { readonly kind: 'redirect'; readonly status: number }
  | { readonly kind: 'timeout'; readonly phase: 'connect' | 'first byte' | 'idle'; readonly afterMs: number }
  | { readonly kind: 'limit'; readonly what: 'answer' | 'line'; readonly bytes: number }
  /** An answer that is none: HTML, nothing, half a JSON, an error object, no end. */
  | { readonly kind: 'broken'; readonly why: string; readonly quote?: string }

/** A failed call, before it is known whether another one follows. Leaves this package as an AppError only. */
export class Fault extends Error {
  override readonly name = 'Fault'
  readonly reason: FaultReason
  constructor(reason: FaultReason, options?: ErrorOptions) {
    super(reason.kind, options)
    this.reason = reason
  }
}

/** What an SDK threw, as a fault; undefined for anything that is no failure of the provider. */
export function faultOf(error: unknown): Fault | undefined {
  for (let current = error, depth = 0; current instanceof Error && depth < 8; current = current.cause, depth++) {
    if (current instanceof Fault) return current
  }
  if (!(error instanceof Error) || !error.name.startsWith('AI_')) return undefined
  const { responseBody } = error as { readonly responseBody?: unknown }
  return new Fault({
    kind: 'broken',
    why: firstLine(error.message),
    ...(typeof responseBody === 'string' && { quote: responseBody }),
  })
}

// Schema errors list the whole value they looked at.
const firstLine = (text: string): string => text.split('\n', 1)[0]?.slice(0, 200) ?? ''

const QUOTED_CHARACTERS = 200

/** At most 200 characters of what the provider said, on one line, without the key. */
export function quote(text: string, secret: string): string {
  const clean = redact(text, secret).replace(/\s+/g, ' ').trim()
  return clean.length > QUOTED_CHARACTERS ? clean.slice(0, QUOTED_CHARACTERS) : clean
}

/** The text with every occurrence of the key replaced. Texts too short to be a key are left alone. */
export function redact(text: string, secret: string): string {
  return secret.length >= 4 && text.includes(secret) ? text.replaceAll(secret, '***') : text
}

export interface FaultReport {
  /** The provider as users name it. */
  readonly provider: string
  readonly secret: string
  /** What a rate limit without `Retry-After` tells the client. */
  readonly retryAfterSeconds?: number | undefined
  /** The provider asked for a longer wait than is obeyed. */
  readonly tooLong?: boolean
}

/** The error a user sees for a fault. */
export function errorOf(fault: Fault, { provider, secret, retryAfterSeconds, tooLong }: FaultReport): AppError {
  const { reason } = fault
  // Causes get logged: only a lost connection has one that holds nothing of the request, the answer or the key.
  const options = { cause: reason.kind === 'connection' ? fault.cause : undefined }
  switch (reason.kind) {
    case 'connection':
      return new AppError(
        'model_error',
        [
          `Connection error. ${provider} could not be reached, or closed the connection (${reason.code}). Check the base URL and that the service runs.`,
        ],
        options,
      )
    case 'status': {
      const text = statusText(reason.status, reason.body, provider, secret)
      if (reason.status !== 429 && !tooLong) return new AppError('model_error', [text], options)
      return new AppError('model_rate_limited', [text], { ...options, retryAfterSeconds: retryAfterSeconds ?? 1 })
    }
    case 'redirect':
      return new AppError(
        'model_error',
        [
          `${provider} answered with status ${reason.status}, a redirect. Redirects of model addresses are not followed: set the base URL it points to.`,
        ],
        options,
      )
    case 'timeout':
      return new AppError('model_timeout', [timeoutText(reason.phase, reason.afterMs, provider)], options)
    case 'limit':
      return new AppError(
        'model_error',
        [
          `The answer of ${provider} is too large: ${reason.what === 'line' ? 'a line of it is' : 'it is'} over ${Math.round(reason.bytes / 1024)} kB.`,
        ],
        options,
      )
    case 'broken': {
      const said = reason.quote === undefined ? '' : quote(reason.quote, secret)
      return new AppError(
        'model_error',
        [`${provider} gave a broken answer: ${redact(reason.why, secret)}${said && `: ${said}`}`],
        options,
      )
    }
    default:
      return reason satisfies never
  }
}

function statusText(status: number, body: string, provider: string, secret: string): string {
  const said = messageIn(body)
  if (status === 400 && said) return quote(said, secret)
  const quoted = quote(said ?? body, secret)
  return `${provider} answered with status ${status}${quoted ? `: ${quoted}` : '.'}`
}

/** The sentence in a JSON body: nearly every provider puts it in `error.message`. */
export function messageIn(body: string): string | undefined {
  try {
    const parsed: unknown = JSON.parse(body)
    return sentenceIn(Array.isArray(parsed) ? parsed[0] : parsed)
  } catch {
    return undefined // not JSON: the caller quotes the body as it is
  }
}

function sentenceIn(value: unknown): string | undefined {
  if (!isObject(value)) return undefined
  const { error, message, detail } = value
  return (
    sentenceIn(error) ?? [message, detail, error].find((one): one is string => typeof one === 'string' && one !== '')
  )
}

function timeoutText(phase: 'connect' | 'first byte' | 'idle', afterMs: number, provider: string): string {
  const time = `${afterMs / 1000} s`
  switch (phase) {
    case 'connect':
      return `${provider} did not accept a connection within ${time}.`
    case 'first byte':
      return `${provider} did not begin to answer within ${time}.`
    case 'idle':
      return `${provider} stopped in the middle of its answer: nothing came for ${time}.`
    default:
      return phase satisfies never
  }
}
