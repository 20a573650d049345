/** Tells when something takes longer than it may. */
export interface Watch<Phase> {
  /** From now on this may take so long, in milliseconds, without a sign of life. */
  within(phase: Phase, limitMs: number): void
  /** Until the next `within` anything may take any time. */
  stop(): void
}

/**
 * A watch over the phases of one exchange. All watches share one timer, which asks each, when the first of them may be
 * due, how long ago its last sign of life was: a thousand tokens of a second take a look at the clock each, and no timer.
 * @param lastSign when the last sign was, by the clock of `performance.now`; without it `within` is the only one
 */
export function createWatch<Phase>(
  expired: (phase: Phase, limitMs: number) => void,
  lastSign: () => number = () => 0,
): Watch<Phase> {
  let verdict: NodeJS.Immediate | undefined
  let phase: Phase
  let limit = 0
  let began = 0
  const since = () => Math.max(began, lastSign())
  const own: Watched = {
    dueAt: () => since() + limit,
    due() {
      const last = since()
      // What came while this process was busy with something else is read first.
      verdict = setImmediate(() => {
        if (since() === last) expired(phase, limit)
        else watch()
      })
    },
  }
  function watch(): void {
    watched.add(own)
    lookAt(own.dueAt())
  }
  return {
    within(next, limitMs) {
      clearImmediate(verdict)
      phase = next
      limit = limitMs
      began = performance.now()
      watch()
    },
    stop() {
      watched.delete(own)
      clearImmediate(verdict)
    },
  }
}

interface Watched {
  /** By the clock of `performance.now`. */
  dueAt(): number
  /** It is time; said once. */
  due(): void
}

const watched = new Set<Watched>()
let timer: NodeJS.Timeout | undefined
let timerAt = Number.POSITIVE_INFINITY

/** Looks at all of them no later than then. */
function lookAt(at: number): void {
  if (at >= timerAt) return
  clearTimeout(timer)
  timerAt = at
  timer = setTimeout(look, at - performance.now())
  // What is watched keeps the process up, not the watch.
  timer.unref()
}

function look(): void {
  timerAt = Number.POSITIVE_INFINITY
  const now = performance.now()
  let next = Number.POSITIVE_INFINITY
  for (const one of watched) {
    const dueAt = one.dueAt()
    if (dueAt > now) next = Math.min(next, dueAt)
    else {
      watched.delete(one)
      one.due()
    }
  }
  if (next < Number.POSITIVE_INFINITY) lookAt(next)
}
