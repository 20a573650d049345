import { AppError, messageOf } from '@runnel/protocol/errors'
import { isFinal } from '@runnel/storage/job-repository'
import type { Storage } from '@runnel/storage/open-storage'
import type { IdempotentRequest } from '@runnel/storage/run-records'
import type { Lifecycle } from '../lifecycle.ts'
import type { Log } from '../log.ts'
import { createIdempotency, type KeyedRequest } from './idempotency.ts'
import { createRecordLog } from './record-log.ts'

/** An answer of any length. Its head is known when it exists. */
export interface RunAnswered {
  readonly status: number
  readonly contentType: string
  readonly records: AsyncIterable<string> | Iterable<string>
}

export interface IdempotentWork {
  /** Begins the run; what it does must not depend on the client. */
  readonly begin: () => Promise<RunAnswered>
  /** The answer of a run that failed; undefined when nothing has run, so that the caller may try again. */
  readonly failed: (error: unknown) => RunAnswered | undefined
}

export interface IdempotentRunsOptions {
  readonly storage: Pick<Storage, 'idempotency' | 'runs'>
  readonly lifecycle: Pick<Lifecycle, 'track'>
  readonly log: Log
  /** Epoch milliseconds. */
  readonly now: () => number
}

interface Flying {
  readonly request: IdempotentRequest
  readonly answer: Promise<RunAnswered>
}

export type IdempotentRuns = ReturnType<typeof createIdempotentRuns>

/**
 * Runs that somebody waits for, begun once for each idempotency key: an equal request
 * joins the run while it is going on, and is given its answer again for a day.
 */
export function createIdempotentRuns({ storage, lifecycle, log, now }: IdempotentRunsOptions) {
  const idempotency = createIdempotency({ storage, now })
  const flying = new Map<string, Flying>()

  /** What an equal request was answered, if one came before. */
  async function earlier(request: IdempotentRequest, userId: string, work: IdempotentWork) {
    const runId = await idempotency.earlierRun(request)
    if (runId === undefined) return undefined
    const kept = await storage.idempotency.answer(request.id)
    if (kept) return { status: kept.status, contentType: kept.contentType, records: [kept.body] }
    const run = await storage.runs.get(userId, runId)
    // Cut off together with the process that was to keep its answer.
    const cut = run && isFinal(run) && work.failed(new AppError('interrupted', ['The run was interrupted.']))
    if (cut) return cut
    throw new AppError('idempotent_run_in_progress', [], { retryAfterSeconds: 1 })
  }

  async function begin(request: IdempotentRequest, work: IdempotentWork): Promise<RunAnswered> {
    if (!(await storage.idempotency.claim(request))) {
      // Another process was faster by a moment.
      throw new AppError('idempotent_run_in_progress', [], { retryAfterSeconds: 1 })
    }
    try {
      return await work.begin()
    } catch (error) {
      const answer = work.failed(error)
      if (answer) return answer
      await storage.idempotency.release(request.id)
      throw error
    }
  }

  /** Hands the answer on while it comes, and keeps it when it is complete. */
  function keep(request: IdempotentRequest, { status, contentType, records }: RunAnswered): RunAnswered {
    const readers = createRecordLog()
    const whole = async () => {
      let body = ''
      try {
        for await (const record of records) {
          body += record
          readers.write(record)
        }
        await storage.idempotency.saveAnswer({ id: request.id, status, contentType, body, createdAt: now() })
      } catch (error) {
        log.error('the answer of a run was not kept', { runId: request.runId, error: messageOf(error) })
      } finally {
        flying.delete(request.id)
        readers.end()
      }
    }
    void lifecycle.track(whole())
    return { status, contentType, records: { [Symbol.asyncIterator]: () => readers.read() } }
  }

  return {
    /**
     * The answer to a request with an idempotency key: of the run of that id, or of the one an equal request has begun.
     * @throws AppError `idempotency_key_reused`, `idempotent_run_in_progress` and what keeps a run from beginning
     */
    async answer(
      keyed: KeyedRequest,
      runId: string,
      work: IdempotentWork,
    ): Promise<{ readonly answer: RunAnswered; readonly isReplayed: boolean }> {
      const request = idempotency.requestOf(keyed, runId)
      const joined = flying.get(request.id)
      if (joined) {
        if (joined.request.requestHash !== request.requestHash) throw new AppError('idempotency_key_reused')
        return { answer: await joined.answer, isReplayed: true }
      }
      let isReplayed = false
      const answer = (async () => {
        const known = await earlier(request, keyed.userId, work)
        isReplayed = known !== undefined
        if (!known) return keep(request, await begin(request, work))
        flying.delete(request.id)
        return known
      })()
      flying.set(request.id, { request, answer })
      answer.catch(() => flying.delete(request.id))
      return { answer: await lifecycle.track(answer), isReplayed }
    },
  }
}
