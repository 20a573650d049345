/** Tells when something takes longer than it may. */
export interface Watch<Phase> {
  /** From now on this may take so long, in milliseconds. Cheap to call again for each piece of an answer. */
  within(phase: Phase, limitMs: number): void
  /** Until the next `within` anything may take any time. */
  stop(): void
}

/**
 * A watch over the phases of one exchange. All watches share one timer, which asks each, when the first of them may be
 * due, how long ago its last time was: a thousand tokens of a second take a look at the clock each, and no timer.
 */
export function createWatch<Phase>(expired: (phase: Phase, limitMs: number) => void): Watch<Phase> {
  let verdict: NodeJS.Immediate | undefined
  let phase: Phase
  let limit = 0
  let since = 0
  const own: Watched = {
    isWatched: false,
    dueAt: () => since + limit,
    due() {
      const last = since
      // What came while this process was busy with something else is read first.
      verdict = setImmediate(() => {
        if (since === last) expired(phase, limit)
      })
    },
  }
  return {
    within(next, limitMs) {
      phase = next
      limit = limitMs
      since = performance.now()
      // Nearly always it is: each token says so.
      if (!own.isWatched) {
        own.isWatched = true
        watched.add(own)
      }
      lookAt(since + limitMs)
    },
    stop() {
      forget(own)
      clearImmediate(verdict)
    },
  }
}

interface Watched {
  /** It is among those that are looked at. */
  isWatched: boolean
  /** By the clock of `performance.now`. */
  dueAt(): number
  /** It is time; said once. */
  due(): void
}

const watched = new Set<Watched>()
let timer: NodeJS.Timeout | undefined
let timerAt = Number.POSITIVE_INFINITY

function forget(one: Watched): void {
  one.isWatched = false
  watched.delete(one)
}

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
      forget(one)
      one.due()
    }
  }
  if (next < Number.POSITIVE_INFINITY) lookAt(next)
}
