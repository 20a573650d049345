import type { ServerResponse } from 'node:http'

/** Tells every room when the server is about to stop, and knows what it still has to wait for. */
export interface Lifecycle {
  /** New work is refused; what runs goes on. */
  readonly isDraining: boolean
  /** Aborted when the time to finish is over: whatever still runs ends now. For few and long listeners. */
  readonly signal: AbortSignal
  /**
   * Calls `stop` when the time to finish is over. Gives back what takes it off the list again. A set, not the listeners
   * of a signal: those are a chain, in which each that has lived long keeps all later ones, and their runs, in memory.
   */
  onStop(stop: () => void): () => void
  /** An answer that is being written. */
  serve(response: ServerResponse): void
  /** Work that no open connection waits for. Gives the work back. */
  track<Result>(work: Promise<Result>): Promise<Result>
  /** Refuses new work from now on. */
  drain(): void
  /** Ends what is left. */
  stop(): void
  /** Resolves when no answer is open and no tracked work is left. */
  idle(): Promise<void>
  /** How many answers and pieces of work have begun; undefined while one of them is open. */
  begunInAll(): number | undefined
}

/** Counts what is at work, so that the server ends when nothing is. */
export function createLifecycle(): Lifecycle {
  const abort = new AbortController()
  const stops = new Set<() => void>()
  const waiting: (() => void)[] = []
  let isDraining = false
  let open = 0
  let begun = 0
  const done = () => {
    open--
    if (open === 0) for (const resolve of waiting.splice(0)) resolve()
  }
  return {
    get isDraining() {
      return isDraining
    },
    signal: abort.signal,
    onStop(stop) {
      stops.add(stop)
      return () => stops.delete(stop)
    },
    serve(response) {
      open++
      begun++
      response.once('close', done)
    },
    track(work) {
      open++
      begun++
      work.then(done, done)
      return work
    },
    drain() {
      isDraining = true
    },
    stop() {
      isDraining = true
      abort.abort(new Error('server is shutting down'))
      for (const stop of stops) stop()
    },
    idle: () => (open === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
    begunInAll: () => (open === 0 ? begun : undefined),
  }
}
