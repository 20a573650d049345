interface Timed {
  readonly timestamp?: string
  readonly data: { readonly timedelta?: number | null }
}

export interface NodeTimes {
  /** Epoch milliseconds, by the clock of this browser. */
  readonly startedAt?: number
  readonly endedAt: number
}

/**
 * When the nodes of a run were at work. The server says it by its own clock; the first node tells how far that is from
 * the browser's, so that the times of a run fit together whatever both clocks show.
 */
export function createRunClock(now: () => number): { timesOf(build: Timed): NodeTimes } {
  let ahead: number | undefined
  return {
    timesOf({ timestamp, data: { timedelta } }) {
      const ended = Date.parse(timestamp ?? '')
      if (Number.isNaN(ended)) return { endedAt: now() }
      ahead ??= now() - ended
      const endedAt = ended + ahead
      return typeof timedelta === 'number' ? { startedAt: endedAt - timedelta * 1000, endedAt } : { endedAt }
    },
  }
}
