import type { RunClaim, RunJob } from '@runnel/storage/run-records'
import { nextRuns } from './fair-share.ts'
import type { RunQueue } from './run-queue.ts'

export interface QueueWorkerOptions {
  readonly queue: RunQueue
  /** Runs at once. */
  readonly slots: number
  /**
   * Works on one run until its final state is durable. Rejects when it could not get there; the run is then tried
   * again. `signal` is aborted when the run is no longer this worker's, or the worker stops.
   */
  readonly work: (job: RunJob, signal: AbortSignal) => Promise<void>
  /** While false no more runs begin, and what is cut goes back to the queue. True unless given. */
  readonly mayBegin?: () => boolean
  /** Failures of the queue itself, and of runs that are tried again. */
  readonly onError: (error: unknown, runId?: string) => void
}

export interface QueueWorker {
  /** Begins to work. What an earlier process left is taken back with `queue.recover` before. */
  start(): void
  /** Begins no more runs. */
  drain(): void
  /** Resolves when no run is being worked on. */
  idle(): Promise<void>
  /** Cuts what still runs and puts it back. */
  stop(): Promise<void>
  /** How many runs are being worked on. */
  running(): number
}

/** How often claims are renewed, and runs looked for that somebody else has left, in milliseconds. */
const BEAT_MS = 10_000
/** After a failure of the store. */
const RETRY_MS = 1000

interface Held {
  readonly job: RunJob
  readonly abort: AbortController
  readonly done: Promise<void>
}

/** Works on the runs of a queue, several at once, until it is told to stop. */
export function createQueueWorker(options: QueueWorkerOptions): QueueWorker {
  const { queue, slots, work, mayBegin = () => true, onError } = options
  const held = new Map<string, Held>()
  let isOpen = false
  let mustRecover = false
  let isAsked = false
  let turning: Promise<void> | undefined
  let beat: NodeJS.Timeout | undefined
  let retry: NodeJS.Timeout | undefined

  /** Claims what may begin. Recovery happens in between, never beside, so that it knows of every claim. */
  async function turn(): Promise<void> {
    if (mustRecover) {
      await queue.recover([...held.keys()])
      mustRecover = false
    }
    while (isOpen && mayBegin()) {
      const running = [...held.values()].map(({ job }) => job)
      const wanted = nextRuns(await queue.waiting(), running, slots)
      if (wanted.size === 0) return
      for (const job of await queue.claim(wanted)) hold(job)
    }
  }

  function wake(): void {
    isAsked = true
    turning ??= (async () => {
      while (isAsked) {
        isAsked = false
        await turn()
      }
    })()
      .catch((error: unknown) => {
        onError(error)
        clearTimeout(retry)
        if (isOpen) retry = setTimeout(wake, RETRY_MS)
      })
      .finally(() => {
        turning = undefined
        // Somebody may have asked between the last look and now.
        if (isAsked && isOpen) wake()
      })
  }

  function hold(job: RunJob): void {
    const abort = new AbortController()
    const done = work(job, abort.signal)
      .then(
        () => queue.finished(job),
        async (error: unknown) => {
          if (!isOpen || !mayBegin()) return queue.retry(job, { uncounted: true })
          // It comes back with the next recovery, which also counts how often.
          if (!abort.signal.aborted) onError(error, job.id)
        },
      )
      .catch((error: unknown) => onError(error, job.id))
      .finally(() => {
        held.delete(job.id)
        if (isOpen) wake()
      })
    held.set(job.id, { job, abort, done })
  }

  async function renew(): Promise<void> {
    const claims: readonly RunClaim[] = [...held.values()].map(({ job }) => job)
    const kept = new Set(await queue.heartbeat(claims))
    for (const { id } of claims) if (!kept.has(id)) held.get(id)?.abort.abort(new Error('The run was taken over'))
  }

  return {
    start() {
      if (beat) return
      isOpen = true
      queue.onEnqueued(() => {
        if (isOpen) wake()
      })
      queue.onCancelled((id) => held.get(id)?.abort.abort(new Error('The run was cancelled')))
      beat = setInterval(() => {
        mustRecover = true
        if (isOpen) wake()
        renew().catch((error: unknown) => onError(error))
      }, BEAT_MS)
      wake()
    },
    drain() {
      isOpen = false
      clearTimeout(retry)
    },
    async idle() {
      await turning
      await Promise.all([...held.values()].map(({ done }) => done))
    },
    async stop() {
      this.drain()
      clearInterval(beat)
      await turning
      for (const { abort } of held.values()) abort.abort(new Error('server is shutting down'))
      await this.idle()
    },
    running: () => held.size,
  }
}
