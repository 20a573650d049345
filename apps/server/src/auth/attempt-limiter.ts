/** Counts attempts by key within a sliding window. */
export interface AttemptLimiter {
  /** Seconds until the key may be used again; undefined when it may be used now. */
  waitSeconds(key: string): number | undefined
  record(key: string): void
  clear(key: string): void
}

export interface AttemptLimits {
  readonly limit: number
  readonly windowMs: number
}

/** How many keys are remembered; the oldest are forgotten first, so memory stays bounded under attack. */
const MAX_KEYS = 100_000

/** `now` gives epoch milliseconds. */
export function createAttemptLimiter({ limit, windowMs }: AttemptLimits, now: () => number): AttemptLimiter {
  const attempts = new Map<string, readonly number[]>()
  const recent = (key: string) => (attempts.get(key) ?? []).filter((at) => at > now() - windowMs)
  return {
    waitSeconds(key) {
      const times = recent(key)
      const first = times.at(-limit)
      return first === undefined ? undefined : Math.max(1, Math.ceil((first + windowMs - now()) / 1000))
    },
    record(key) {
      const times = [...recent(key), now()].slice(-limit)
      attempts.delete(key)
      attempts.set(key, times)
      const oldest = attempts.size > MAX_KEYS ? attempts.keys().next().value : undefined
      if (oldest !== undefined) attempts.delete(oldest)
    },
    clear: (key) => void attempts.delete(key),
  }
}
