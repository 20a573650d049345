/** Tells when something takes longer than it may. */
export interface Watch<Phase> {
  /** From now on this may take so long, in milliseconds. Cheap to call again for each piece of an answer. */
  within(phase: Phase, limitMs: number): void
  /** Until the next `within` anything may take any time. */
  stop(): void
}

/**
 * A watch over the phases of one exchange. Its timer is not set anew each time but asks, when it is due, how long ago
 * the last time was: a thousand tokens of a second take a look at the clock each, and no timer.
 */
export function createWatch<Phase>(expired: (phase: Phase, limitMs: number) => void): Watch<Phase> {
  let timer: NodeJS.Timeout | undefined
  let verdict: NodeJS.Immediate | undefined
  let phase: Phase
  let limit = 0
  let since = 0
  let dueAt = 0
  const stop = () => {
    clearTimeout(timer)
    clearImmediate(verdict)
    timer = undefined
  }
  const look = () => {
    timer = undefined
    const leftMs = since + limit - performance.now()
    if (leftMs > 0) return wait(leftMs)
    const last = since
    // What came while this process was busy with something else is read first.
    verdict = setImmediate(() => {
      if (since === last) expired(phase, limit)
    })
  }
  const wait = (ms: number) => {
    dueAt = performance.now() + ms
    timer = setTimeout(look, ms)
  }
  return {
    within(next, limitMs) {
      phase = next
      limit = limitMs
      since = performance.now()
      if (timer && dueAt <= since + limitMs) return
      clearTimeout(timer)
      wait(limitMs)
    },
    stop,
  }
}
