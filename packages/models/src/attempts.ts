import { setTimeout as sleep } from 'node:timers/promises'
import type { OnRetry } from '@runnel/sdk'
import { errorOf, type Fault, faultOf } from './fault.ts'
import type { ModelLimits } from './limits.ts'

/** What waiting needs of the world; tests turn it by hand. */
export interface Clock {
  /** Resolves after `durationMs`; rejects with the signal's reason as soon as it is aborted. */
  wait(durationMs: number, signal: AbortSignal): Promise<void>
  /** Epoch milliseconds. */
  now(): number
  /** From 0 to 1. */
  random(): number
}

export const realClock: Clock = {
  async wait(durationMs, signal) {
    try {
      await sleep(durationMs, undefined, { signal })
    } catch (error) {
      signal.throwIfAborted()
      throw error
    }
  },
  now: Date.now,
  random: Math.random,
}

const RETRIED = new Set([408, 409, 429, 500, 502, 503, 504, 529])
const FIRST_WAIT_MS = 500

export interface AttemptOptions {
  readonly provider: string
  readonly secret: string
  readonly limits: ModelLimits
  readonly clock: Clock
  readonly signal: AbortSignal
  readonly onRetry?: OnRetry | undefined
}

/**
 * Calls `once` until it succeeds or fails for good: lost connections and the statuses of an overloaded service are
 * tried again after about 0.5 and 1 s, or after the `Retry-After` of the answer. `once` resolves at its first token,
 * so nothing that was passed on is ever repeated.
 * @throws AppError `model_error`, `model_rate_limited` or `model_timeout`; the signal's reason when aborted.
 */
export async function withAttempts<T>(
  once: () => Promise<T>,
  { provider, secret, limits, clock, signal, onRetry }: AttemptOptions,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await once()
    } catch (error) {
      signal.throwIfAborted()
      const fault = faultOf(error)
      if (!fault) throw error
      const askedMs = fault.reason.kind === 'status' ? retryAfterMs(fault.reason.retryAfter, clock.now()) : undefined
      const report = {
        provider,
        secret,
        retryAfterSeconds: askedMs === undefined ? undefined : Math.ceil(askedMs / 1000),
      }
      if (!isRetried(fault)) throw errorOf(fault, report)
      if (askedMs !== undefined && askedMs > limits.longestRetryAfterMs)
        throw errorOf(fault, { ...report, tooLong: true })
      if (attempt >= limits.attempts) throw errorOf(fault, report)
      onRetry?.(errorOf(fault, report).message)
      const jitter = 0.75 + clock.random() / 2
      await clock.wait(askedMs ?? FIRST_WAIT_MS * 2 ** (attempt - 1) * jitter, signal)
    }
  }
}

function isRetried({ reason }: Fault): boolean {
  return reason.kind === 'connection' || (reason.kind === 'status' && RETRIED.has(reason.status))
}

/** Milliseconds a `Retry-After` of seconds or a date asks for; undefined for none, nonsense and negative values. */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  const text = header?.trim() ?? ''
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000
  // A date begins with its weekday; Date.parse alone would take "-5" for a month.
  if (!/^[A-Za-z]{3,}/.test(text)) return undefined
  const date = Date.parse(text)
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}
