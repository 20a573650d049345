import { isUtf8 } from 'node:buffer'
import { AppError, messageOf } from '@runnel/protocol/errors'
import { newId } from '@runnel/protocol/id'
import { parseUuid } from '@runnel/protocol/identifiers'
import { startWebhook } from '@runnel/protocol/webhooks'
import type { RunQueue } from '@runnel/queue/run-queue'
import { UniqueViolation } from '@runnel/storage/faults'
import type { FlowVersion } from '@runnel/storage/flow-repository'
import { isFinal } from '@runnel/storage/job-repository'
import type { Storage } from '@runnel/storage/open-storage'
import type { UserRecord } from '@runnel/storage/records'
import type { RunJob } from '@runnel/storage/run-records'
import type { Config } from '../config.ts'
import type { Log } from '../log.ts'
import type { Memberships } from '../projects/memberships.ts'
import type { FlowLoader, LoadedFlow } from '../runs/flow-loader.ts'
import type { FlowRunner } from '../runs/flow-runner.ts'
import { createIdempotency } from '../runs/idempotency.ts'
import { type RunAttempt, readCheckpoints } from '../runs/step-checkpoints.ts'
import type { JobRuns } from '../v2-workflows/job-runs.ts'
import { toWebhookRun } from './webhook-run.ts'

export interface WebhookServiceOptions {
  readonly storage: Pick<Storage, 'flows' | 'runs' | 'jobs' | 'idempotency'>
  readonly config: Pick<Config, 'fallbackToEnvironment'>
  readonly queue: RunQueue
  readonly loader: FlowLoader
  readonly runner: FlowRunner
  /** Runs that the second API has begun, which wait in the same queue. */
  readonly jobRuns: JobRuns
  readonly memberships: Memberships
  readonly log: Log
  /** Epoch milliseconds. */
  readonly now: () => number
}

/** A flow, and the name of who calls it when that is a member of its project. */
export interface CalledFlow extends FlowVersion {
  readonly startedBy?: string
}

/** A run that will come to its end, whatever happens. */
export interface AcceptedRun {
  readonly id: string
  /** An equal request had begun it before. */
  readonly isReplayed: boolean
}

export type WebhookService = ReturnType<typeof createWebhookService>

/** Takes webhook calls in, and works on all runs of the queue. */
export function createWebhookService(options: WebhookServiceOptions) {
  const { storage, config, queue, loader, runner, jobRuns, memberships, log, now } = options
  const idempotency = createIdempotency({ storage, now })

  /** What earlier attempts have finished; what they left half done is removed. */
  async function resumed(job: RunJob, { version, graph }: LoadedFlow): Promise<RunAttempt> {
    const checkpoints = job.fence === 1 ? [] : await storage.jobs.resume(job, version)
    return { claim: job, flowVersion: version, finished: readCheckpoints(graph, checkpoints) }
  }

  /** Ends a run whose flow cannot be run at all. */
  async function refuse(job: RunJob, error: AppError): Promise<void> {
    const run = await storage.runs.get(job.userId, job.id)
    if (!run) return
    const ended = { ...run, status: 'failed', endedAt: now(), error: error.message, errorCode: error.code } as const
    await storage.runs.record({ claim: job, run: ended, messages: [], steps: [] })
  }

  return {
    /** A flow of one of these users, or one they may run, by id or endpoint name. @throws AppError `flow_not_found`, `role_too_small` */
    async find(users: readonly UserRecord[], idOrName: string): Promise<CalledFlow> {
      const parsed = parseUuid(idOrName)
      const key = 'id' in parsed ? parsed.id : idOrName
      for (const { id } of users) {
        const found = await storage.flows.version(id, key)
        if (found) return found
      }
      for (const user of users) {
        const membership = await memberships.of(user, startWebhook, { params: { flow_id_or_name: idOrName } })
        const found = membership && (await storage.flows.version(membership.owner.id, key))
        if (found) return { ...found, startedBy: user.username }
      }
      throw new AppError('flow_not_found', [idOrName.slice(0, 100)])
    },

    /**
     * Resolves when the run is durable: it is never lost from then on.
     * @throws AppError 400 or 422 for the body, 409 for the key of another request, 503
     */
    async accept(flow: CalledFlow, body: Buffer, key: string | undefined): Promise<AcceptedRun> {
      if (body.length === 0) throw new AppError('webhook_body_empty')
      if (!isUtf8(body)) throw new AppError('invalid_field', ['The body is not UTF-8 text.'])
      const { id: flowId, userId, startedBy = null } = flow
      const id = newId()
      const request =
        key === undefined ? undefined : idempotency.requestOf({ kind: 'webhook', key, userId, flowId, body }, id)
      const earlier = request && (await idempotency.earlierRun(request))
      if (earlier !== undefined) return { id: earlier, isReplayed: true }
      const payload = { body: body.toString('utf8') }
      const run = { id, flowId, userId, startedBy, sessionId: flowId, kind: 'webhook', payload } as const
      try {
        await queue.enqueue({ ...run, ...(request && { request }) })
        return { id, isReplayed: false }
      } catch (error) {
        // An equal request at the same moment was faster.
        const first = request && error instanceof UniqueViolation && (await idempotency.earlierRun(request))
        if (first) return { id: first, isReplayed: true }
        throw error
      }
    },

    /** Works on one run until its end is durable. Rejects when it could not get there. */
    async work(job: RunJob, signal: AbortSignal): Promise<void> {
      const { id: runId, flowId, userId } = job
      const begun = await storage.runs.get(userId, runId)
      // Gone with its flow.
      if (!begun) return
      let flow: LoadedFlow
      try {
        flow = await loader.load(userId, flowId)
      } catch (error) {
        if (!(error instanceof AppError) || error.code === 'overloaded') throw error
        await refuse(job, error)
        log.error('background run failed', { runId, flowId, code: error.code })
        return
      }
      try {
        const attempt = await resumed(job, flow)
        const request =
          begun.kind === 'webhook'
            ? toWebhookRun(flow, job, config.fallbackToEnvironment)
            : jobRuns.request(flow, job, config)
        for await (const _ of runner.run(flow, request, {
          kind: begun.kind,
          signal,
          attempt,
          countedFor: { keyId: null },
          startedBy: begun.startedBy,
        }));
      } catch (error) {
        const run = await storage.runs.get(userId, runId)
        // Gone with its flow, or ended: there is nothing left to do.
        if (run && !isFinal(run)) throw error
        if (run?.status === 'cancelled') return
        log.error('background run failed', {
          runId,
          flowId,
          code: error instanceof AppError ? error.code : messageOf(error),
        })
      }
    },
  }
}
