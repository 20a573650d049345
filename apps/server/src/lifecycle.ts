/** Tells every room when the server is about to stop. */
export interface Lifecycle {
  /** New work is refused; what runs goes on. */
  readonly isDraining: boolean
  /** Aborted when the time to finish is over: whatever still runs ends now. */
  readonly signal: AbortSignal
  /** Work that no open connection waits for; the server stops only when it is done. */
  track<Result>(work: Promise<Result>): Promise<Result>
  /** Refuses new work from now on. */
  drain(): void
  /** Ends what is left. */
  stop(): void
  /** Resolves when no tracked work is left. */
  idle(): Promise<void>
}

export function createLifecycle(): Lifecycle {
  const abort = new AbortController()
  const running = new Set<Promise<unknown>>()
  let isDraining = false
  return {
    get isDraining() {
      return isDraining
    },
    signal: abort.signal,
    track(work) {
      running.add(work)
      const done = () => void running.delete(work)
      work.then(done, done)
      return work
    },
    drain() {
      isDraining = true
    },
    stop() {
      isDraining = true
      abort.abort(new Error('server is shutting down'))
    },
    async idle() {
      while (running.size > 0) await Promise.allSettled(running)
    },
  }
}
