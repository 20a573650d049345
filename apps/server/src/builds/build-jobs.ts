import { AppError } from '@runnel/protocol/errors'
import type { Lifecycle } from '../lifecycle.ts'
import { createEventLog, type EventLog, type EventLogOptions } from './event-log.ts'

/** How long a finished build can be read, in milliseconds. */
const KEPT_MS = 3_600_000
/** How much of finished builds is kept in all: builds and bytes. */
const KEPT_JOBS = 500
const KEPT_BYTES = 64_000_000
/** A build that has just finished, and may not be read yet, is kept this long in any case, up to a larger amount. */
const FRESH_MS = 60_000
const FRESH_BYTES = 256_000_000
const STOP_MS = 1_000

/** Does the work of a job: writes records and closes the log after the last one, unless the signal is aborted before. */
export type BuildWork = (log: EventLog, signal: AbortSignal) => Promise<void>

/** One build, running or finished. */
export interface BuildJob {
  readonly id: string
  /** Null: whoever knows the id may follow and cancel it. */
  readonly userId: string | null
  /**
   * Every record from the beginning. When the last reader has left a running build and none comes in the time of grace,
   * it is cancelled.
   */
  follow(signal: AbortSignal): AsyncGenerator<string, void>
  /** The records since the last poll, or from the first on; undefined when the end has been polled before. */
  poll(waitMs: number, signal: AbortSignal, fromStart?: boolean): Promise<readonly string[] | undefined>
  /** Resolves when the build has stopped; at once when it had ended before. */
  cancel(): Promise<void>
}

export interface BuildJobsOptions {
  readonly lifecycle: Pick<Lifecycle, 'track'>
  /** Epoch milliseconds. */
  readonly now: () => number
  readonly limits?: EventLogOptions
  /** How long a build goes on that nobody reads any more, in milliseconds: a page that is reloaded comes back. */
  readonly graceMs: number
  /** How long a cancelled build may take to stop before its readers are let go, in milliseconds. */
  readonly stopMs?: number
}

export interface NewBuildJob {
  readonly id: string
  readonly userId: string | null
  readonly work: BuildWork
  /** The last record of a build that was cancelled. */
  readonly cancelled: string
}

export type BuildJobs = ReturnType<typeof createBuildJobs>

/** The builds of this process, in memory. Finished ones are forgotten after an hour, the oldest earlier if need be. */
export function createBuildJobs({ lifecycle, now, limits = {}, graceMs, stopMs = STOP_MS }: BuildJobsOptions) {
  const jobs = new Map<string, BuildJob>()
  /** In the order they ended. */
  const finished = new Map<string, { readonly at: number; readonly bytes: number }>()

  function forgetOld(): void {
    let bytes = 0
    for (const job of finished.values()) bytes += job.bytes
    for (const [id, job] of finished) {
      const age = now() - job.at
      const fits = age < FRESH_MS ? bytes <= FRESH_BYTES : finished.size <= KEPT_JOBS && bytes <= KEPT_BYTES
      if (fits && age < KEPT_MS) break
      bytes -= job.bytes
      finished.delete(id)
      jobs.delete(id)
    }
  }

  function start({ id, userId, work, cancelled }: NewBuildJob): BuildJob {
    forgetOld()
    const log = createEventLog(limits)
    const abort = new AbortController()
    let leaving: NodeJS.Timeout | undefined
    const end = () => {
      clearTimeout(leaving)
      if (finished.has(id)) return
      if (abort.signal.aborted) log.append(cancelled)
      log.close()
      finished.set(id, { at: now(), bytes: log.bytes })
    }
    const done = lifecycle.track(work(log, abort.signal).finally(end))

    async function cancel(): Promise<void> {
      if (log.isClosed) return
      if (!abort.signal.aborted) abort.abort(new AppError('interrupted', ['The build was cancelled.']))
      await settled(done, stopMs)
      // A component that does not notice goes on alone; nobody waits for it.
      end()
    }

    const job: BuildJob = {
      id,
      userId,
      cancel,
      poll(waitMs, signal, fromStart) {
        clearTimeout(leaving)
        return log.poll(waitMs, signal, fromStart)
      },
      async *follow(signal) {
        clearTimeout(leaving)
        try {
          yield* log.read(signal)
        } finally {
          if (signal.aborted && log.readers === 0 && !log.isClosed) {
            clearTimeout(leaving)
            leaving = setTimeout(() => void cancel(), graceMs)
          }
        }
      },
    }
    jobs.set(id, job)
    return job
  }

  function get(id: string): BuildJob | undefined {
    forgetOld()
    return jobs.get(id)
  }

  return {
    start,
    get,
    /** @throws AppError `build_job_not_found` */
    find(id: string): BuildJob {
      const job = get(id)
      if (!job) throw jobNotFound(id)
      return job
    },
  }
}

/** What whoever asks for a job that is not there, or somebody else's, is told. */
export const jobNotFound = (id: string): AppError => new AppError('build_job_not_found', [id.slice(0, 100)])

/** Resolves when the work is done, or the time is up. */
async function settled(work: Promise<void>, withinMs: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, withinMs)
  work.then(resolve, resolve)
  await promise
  clearTimeout(timer)
}
