import { asksPeople } from '@runnel/engine/approved-tool'
import type { GraphNode } from '@runnel/engine/graph'
import type { NodeResult } from '@runnel/engine/node-result'
import { builtResults, checkTweaks } from '@runnel/engine/run-inputs'
import { resultData } from '@runnel/engine/wire-result'
import { AppError, messageOf } from '@runnel/protocol/errors'
import type { V2Job, V2RunAnswer, V2RunBody } from '@runnel/protocol/v2-workflows'
import type { RunQueue } from '@runnel/queue/run-queue'
import { UniqueViolation } from '@runnel/storage/faults'
import { isFinal } from '@runnel/storage/job-repository'
import type { Storage } from '@runnel/storage/open-storage'
import type { ApiKeyRecord } from '@runnel/storage/records'
import type { Config } from '../config.ts'
import { resultOf } from '../monitor/step-wire.ts'
import type { FlowLoader, LoadedFlow } from '../runs/flow-loader.ts'
import { type FlowRunner, isTimeout } from '../runs/flow-runner.ts'
import { checkForeignTweaks } from '../runs/foreign-tweaks.ts'
import { createIdempotency } from '../runs/idempotency.ts'
import { isRunFailure, runFailureText } from '../runs/run-failure.ts'
import { toRunRequest } from '../runs/run-service.ts'
import { completedAnswer, failedAnswer, jobOf } from './job-answer.ts'
import { type JobRuns, toRunAsked } from './job-runs.ts'

export interface JobServiceOptions {
  readonly storage: Pick<Storage, 'flows' | 'runs' | 'idempotency'>
  readonly config: Pick<Config, 'fallbackToEnvironment'>
  readonly queue: Pick<RunQueue, 'enqueue' | 'cancel'>
  readonly loader: FlowLoader
  readonly runner: FlowRunner
  readonly jobRuns: JobRuns
  /** Epoch milliseconds. */
  readonly now: () => number
}

/** Who calls, and with which key if with one. */
export interface JobCaller {
  readonly userId: string
  readonly key: Pick<ApiKeyRecord, 'id'> | null
  /** As of `RunAsked`. */
  readonly onlyRuns?: boolean
  readonly startedBy?: string
}

const NOT_KEPT = 'What this run gave is not kept, as its project asks.'
const NO_BODY = new Uint8Array()

export type JobService = ReturnType<typeof createJobService>

/** Runs by the second API of Langflow: waited for, or in the background on the queue that webhooks use. */
export function createJobService({ storage, config, queue, loader, runner, jobRuns, now }: JobServiceOptions) {
  const idempotency = createIdempotency({ storage, now })

  /** A flow of the user, and what it is asked. @throws AppError for what can be refused beforehand */
  async function checked({ userId, onlyRuns }: JobCaller, body: V2RunBody) {
    const own = await storage.flows.version(userId, body.flow_id)
    if (!own) throw new AppError('flow_not_found', [body.flow_id])
    const flow = await loader.load(userId, body.flow_id)
    if (asksPeople(flow.graph)) throw new AppError('flow_asks_people')
    const asked = toRunAsked(body)
    checkTweaks(asked.tweaks, asked.inputValue, asked.inputType)
    const request = toRunRequest(flow, userId, asked, config)
    if (onlyRuns) checkForeignTweaks(flow.graph, request.overlay)
    return { flow, request }
  }

  async function replayed(userId: string, jobId: string): Promise<V2Job | undefined> {
    const run = await storage.runs.get(userId, jobId)
    return run && run.status !== 'failed' ? jobOf(run, 'queued', now()) : undefined
  }

  return {
    /**
     * Runs to the end. A run that fails is an answer, too.
     * @throws AppError of the request, or `run_timed_out`
     */
    async run(caller: JobCaller, body: V2RunBody, signal: AbortSignal): Promise<V2RunAnswer> {
      const { flow, request } = await checked(caller, body)
      const answering = answeringNodes(flow, body.output_ids ?? [])
      const run = { id: request.runId, flowId: flow.id, sessionId: request.sessionId }
      let results: ReadonlyMap<string, NodeResult> = new Map()
      try {
        const how = {
          kind: 'run',
          signal,
          countedFor: { keyId: caller.key?.id ?? null },
          startedBy: caller.startedBy ?? null,
          onEnd: (ended: typeof results) => {
            results = ended
          },
        } as const
        for await (const _ of runner.run(flow, request, how));
      } catch (error) {
        if (isTimeout(error)) throw new AppError('run_timed_out', [messageOf(error)])
        if (signal.aborted || !isRunFailure(error)) throw error
        return failedAnswer(run, { code: error.code, message: runFailureText(error) }, body.tweaks, now())
      }
      const given = builtResults(answering, results).map((result) => resultData(result))
      return completedAnswer(run, given, body.tweaks, now())
    },

    /** Resolves when the run is durable: it is never lost from then on. */
    async begin(caller: JobCaller, body: V2RunBody): Promise<V2Job> {
      const { userId } = caller
      const { flow, request } = await checked(caller, body)
      const { runId: id, sessionId } = request
      const flowId = flow.id
      const key = body.idempotency_key
      const keyed = key ? idempotency.requestOf({ kind: 'job', key, userId, flowId, body: NO_BODY }, id) : undefined
      const earlier = keyed && (await idempotency.earlierRun(keyed))
      if (keyed && earlier !== undefined) {
        const first = await replayed(userId, earlier)
        if (first) return first
        await storage.idempotency.release(keyed.id)
      }
      const run = { id, flowId, userId, sessionId, kind: 'run', payload: jobRuns.payload(body) } as const
      try {
        await queue.enqueue({ ...run, startedBy: caller.startedBy ?? null, ...(keyed && { request: keyed }) })
      } catch (error) {
        // An equal request at the same moment was faster.
        const faster = keyed && error instanceof UniqueViolation && (await idempotency.earlierRun(keyed))
        const first = faster ? await replayed(userId, faster) : undefined
        if (first) return first
        throw error
      }
      return jobOf(run, 'queued', now())
    },

    /** @throws AppError `job_not_found`, `job_failed` or `run_timed_out` */
    async status(userId: string, id: string): Promise<V2Job | V2RunAnswer> {
      const run = await storage.runs.get(userId, id)
      if (!run) throw new AppError('job_not_found', [id])
      switch (run.status) {
        case 'queued':
          return jobOf(run, 'queued', now())
        case 'running':
          return jobOf(run, 'in_progress', now())
        case 'cancelled':
          return jobOf(run, 'cancelled', now())
        case 'failed':
          throw new AppError('job_failed', [run.error ?? 'The run failed'])
        case 'succeeded': {
          const steps = await storage.runs.steps(userId, id)
          const last = [...new Map(steps.map((step) => [step.nodeId, step])).values()]
          const given = last.filter(({ targetId }) => targetId === null).map(resultOf)
          const answer = completedAnswer(run, given, {}, now())
          return run.isPrivate ? { ...answer, warnings: [NOT_KEPT] } : answer
        }
        default:
          return run.status satisfies never
      }
    },

    /** Ends a run in the background. Answers what became of it. @throws AppError `job_not_found`, `job_not_cancellable` */
    async stop(userId: string, id: string): Promise<string> {
      const run = await storage.runs.get(userId, id)
      if (!run) throw new AppError('job_not_found', [id])
      if (isFinal(run)) return `Job ${id} already finished (${finishedAs(run.status)}).`
      if (await queue.cancel(id)) return `Job ${id} cancelled successfully.`
      // It may have ended since it was looked at.
      const again = await storage.runs.get(userId, id)
      if (again && isFinal(again)) return `Job ${id} already finished (${finishedAs(again.status)}).`
      throw new AppError('job_not_cancellable')
    },
  }
}

const finishedAs = (status: string): string => (status === 'succeeded' ? 'completed' : status)

/** The nodes that nothing follows, or those of them that are asked for. @throws AppError `outputs_unknown` */
function answeringNodes({ graph }: LoadedFlow, ids: readonly string[]): readonly GraphNode[] {
  const last = graph.nodes.filter(({ outgoing }) => outgoing.length === 0)
  if (ids.length === 0) return last
  const available = last.map(({ id }) => id)
  const unknown = ids.filter((id) => !available.includes(id))
  if (unknown.length > 0) throw new AppError('outputs_unknown', [unknown.join(', '), available.join(', ')])
  return last.filter(({ id }) => ids.includes(id))
}
