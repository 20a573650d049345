import type { ReturnHow, SweepHow, WaitingFlow } from '@runnel/storage/job-repository'
import type { Storage } from '@runnel/storage/open-storage'
import type { IdempotentRequest, RunClaim, RunJob, RunPayload, RunRecord } from '@runnel/storage/run-records'
import { type Asked, createAdmission, type QueueLimits } from './admission.ts'

/** A run to be worked on later. */
export interface NewRun {
  readonly id: string
  readonly flowId: string
  /** Owner of the flow. */
  readonly userId: string
  /** The name of who began it, when that is not the user. */
  readonly startedBy?: string | null
  readonly sessionId: string
  readonly kind: RunRecord['kind']
  readonly payload: RunPayload
  /** Remembered in the same transaction. */
  readonly request?: IdempotentRequest
}

/**
 * Runs that nobody waits for. What was taken in is durable and is handed out until its run has ended: a worker claims
 * it for a time, renews the claim while it works, and hands it back when it cannot finish. A run ends with the batch
 * that carries its claim and a final state (`RunBatch.claim`), all in one transaction.
 */
export interface RunQueue {
  /** To be asked before a request is read. @throws AppError `overloaded` */
  checkRoom(bytes: number): void
  /** The same for one flow. @throws AppError `overloaded` */
  checkShare(asked: Asked): void
  /**
   * Resolves when the run is durable.
   * @throws AppError `overloaded` when the queue is full or the store cannot be written; UniqueViolation when another
   * run has begun with the same request.
   */
  enqueue(run: NewRun): Promise<void>
  waiting(): Promise<readonly WaitingFlow[]>
  /** Takes so many runs of each of these flows, those that have waited longest. */
  claim(wanted: ReadonlyMap<string, number>): Promise<readonly RunJob[]>
  /** Keeps claims; answers the ids of those that still hold. */
  heartbeat(claims: readonly RunClaim[]): Promise<readonly string[]>
  /** A run that has ended makes room. */
  finished(job: RunJob): void
  /** Puts a run back, to be tried again. */
  retry(claim: RunClaim, how: ReturnHow): Promise<void>
  /** Ends a run that waits or is worked on. Answers whether there was one. */
  cancel(id: string): Promise<boolean>
  /**
   * Puts back what workers that are gone have left, ends what was begun too often, and counts what is in the queue.
   * To be called at start and now and then. `held`: the runs this process works on.
   */
  recover(held: readonly string[]): Promise<void>
  /** Called when a run has come in. */
  onEnqueued(listener: () => void): void
  /** Called with the id of a run that was cancelled. */
  onCancelled(listener: (id: string) => void): void
  /** How many runs wait or are being worked on. */
  depth(): number
}

export interface RunQueueOptions {
  readonly storage: Pick<Storage, 'runs' | 'jobs'>
  /** Epoch milliseconds. */
  readonly now: () => number
  readonly limits: QueueLimits
}

/** A worker that is silent for longer, in milliseconds, has lost its runs. */
export const LEASE_MS = 30_000
const GIVE_UP: Omit<SweepHow, 'held'> = { maxAttempts: 10, error: 'interrupted too often' }

/** The queue in the database. */
export function createRunQueue({ storage, now, limits }: RunQueueOptions): RunQueue {
  const { runs, jobs } = storage
  const admission = createAdmission(limits)
  const listeners: (() => void)[] = []
  const cancelListeners: ((id: string) => void)[] = []

  return {
    checkRoom: (bytes) => admission.check(bytes),
    checkShare: (asked) => admission.checkShare(asked),
    async enqueue({ payload, request, startedBy = null, ...asked }) {
      const { id, flowId, userId } = asked
      const bytes = Buffer.byteLength(payload.body)
      const createdAt = now()
      admission.enter({ flowId, userId, bytes })
      try {
        await runs.record({
          run: { ...asked, ...NOTHING_YET, startedBy, startedAt: createdAt },
          job: { id, flowId, userId, bytes, payload, createdAt, updatedAt: createdAt, ...UNTOUCHED },
          ...(request && { request }),
          messages: [],
          steps: [],
        })
      } catch (error) {
        admission.leave({ flowId, userId, bytes })
        throw error
      }
      for (const listener of listeners) listener()
    },
    waiting: () => jobs.waiting(),
    claim: (wanted) => jobs.claim(wanted, LEASE_MS, now()),
    heartbeat: (claims) => jobs.renew(claims, LEASE_MS, now()),
    finished: (job) => admission.leave(job),
    retry: (claim, how) => jobs.giveBack(claim, how, now()),
    async cancel(id) {
      const job = await jobs.cancel(id, now())
      // Whoever works on it makes room when that has ended.
      if (job?.state === 'queued') admission.leave(job)
      if (job) for (const listener of cancelListeners) listener(id)
      return job !== undefined
    },
    async recover(held) {
      await jobs.sweep({ ...GIVE_UP, held }, now())
      await admission.reset(jobs.loads)
    },
    onEnqueued: (listener) => void listeners.push(listener),
    onCancelled: (listener) => void cancelListeners.push(listener),
    depth: () => admission.depth(),
  }
}

const UNTOUCHED = { state: 'queued', attempts: 0, fence: 0, leaseUntil: 0 } as const
const NOTHING_YET = {
  status: 'queued',
  endedAt: null,
  error: null,
  errorCode: null,
  failedNodeId: null,
  inputTokens: 0,
  outputTokens: 0,
  said: null,
  answered: null,
  keyId: null,
  published: null,
  graphId: null,
  cost: null,
  unpricedTokens: 0,
  isPrivate: false,
} as const
