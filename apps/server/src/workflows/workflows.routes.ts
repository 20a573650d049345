import { describeWorkflow, runWorkflow, type WorkflowRunBody, workflowTypes } from '@runnel/protocol/workflow'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { createErrorHandler } from '../http/error-handler.ts'
import { implement, implementOpen } from '../http/implement.ts'
import { type DescribedWorkflow, workflowOpenApi, workflowTypeFile } from '../publications/contract-schema.ts'
import { idempotencyKeyOf } from '../runs/idempotency.ts'
import type { RunAnswered } from '../runs/idempotent-runs.ts'
import { isRunFailure } from '../runs/run-failure.ts'
import { begunStream, sendAnswer } from '../runs/send-answer.ts'
import type { Services } from '../services.ts'
import { answerKey } from './answer-cache.ts'
import type { AdmittedCall } from './workflow-admission.ts'
import { failureBody, sendWorkflowError, sendWorkflowFailure, workflowFailure } from './workflow-errors.ts'
import { KEEP_ALIVE } from './workflow-events.ts'
import { type PreparedCall, WorkflowRunFailed } from './workflow-service.ts'

const STREAM_TYPE = 'text/event-stream'
const JSON_TYPE = 'application/json'

/** A call with an idempotency key goes on when its client leaves, so that it can ask again. */
const NEVER = new AbortController().signal

export type WorkflowsRoutesOptions = Pick<
  Services,
  | 'log'
  | 'storage'
  | 'workflowAdmission'
  | 'workflows'
  | 'workflowCalls'
  | 'idempotentRuns'
  | 'answerCache'
  | 'usageRecorder'
>

/** FlowAI's workflow API. */
export function workflowsRoutes(app: FastifyInstance, options: WorkflowsRoutesOptions): void {
  const { log, storage, workflowAdmission, workflows, workflowCalls, idempotentRuns, answerCache, usageRecorder } =
    options
  const admitted = new WeakMap<FastifyRequest, AdmittedCall>()

  app.register(async (scope) => {
    const answerError = createErrorHandler(log, sendWorkflowError)
    scope.setErrorHandler((error, request, reply) =>
      error instanceof WorkflowRunFailed
        ? sendWorkflowFailure(reply, error.failure)
        : answerError(error, request, reply),
    )

    scope.register(async (calls) => {
      calls.addHook('onRequest', async (request) => {
        admitted.set(request, await workflowAdmission.admit(request))
      })

      implementOpen(calls, runWorkflow, async ({ body, signal, request }, reply) => {
        const call = admitted.get(request)
        if (!call) throw new Error('The hook of this scope did not run')
        return workflowAdmission.running(() => answerCall(call, body, signal, request, reply))
      })
    })

    implement(scope, describeWorkflow, async ({ params, query, user }) =>
      workflowOpenApi(await described(user.id, params.workflow_id, query.version)),
    )

    implement(scope, workflowTypes, async ({ params, query, user }, reply) =>
      reply
        .header('content-type', 'text/plain; charset=utf-8')
        .send(workflowTypeFile(await described(user.id, params.workflow_id, query.version))),
    )
  })

  async function described(userId: string, id: string, number: number | undefined): Promise<DescribedWorkflow> {
    const found = await workflows.find(userId, id)
    const { version, contract } = await workflows.load(found, number)
    const flow = await storage.flows.findAny(found.id)
    return { id: found.id, name: flow?.name ?? '', description: flow?.description ?? null, version, contract }
  }

  async function answerCall(
    { caller, workflow }: AdmittedCall,
    body: WorkflowRunBody,
    signal: AbortSignal,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply> {
    const key = idempotencyKeyOf(request)
    const stream = body.stream === true
    const counted = { userId: workflow.ownerId, flowId: workflow.id, keyId: caller.keyId }
    const call = await workflowCalls.prepare(workflow, body, caller).catch((error: unknown) => {
      usageRecorder.count({ ...counted, outcome: 'refused' })
      throw error
    })
    if (call.ignored.length > 0) reply.header('x-ignored-inputs', ignoredHeader(call.ignored))

    const { cacheSeconds } = workflow.publication
    // A conversation answers differently each time.
    const isCached = cacheSeconds > 0 && !body.session_id && key === undefined
    const asked = { callerId: caller.userId, flowId: workflow.id, version: call.version, stream, input: body.input }
    const cacheKey = isCached ? answerKey(asked) : ''
    if (isCached) {
      const known = isRevalidated(request) ? undefined : answerCache.get(cacheKey)
      reply.header('x-cache', known === undefined ? 'MISS' : 'HIT')
      if (known !== undefined) {
        usageRecorder.count({ ...counted, outcome: 'cached', durationMs: 0 })
        return sendAnswer(
          reply,
          { status: 200, contentType: stream ? STREAM_TYPE : JSON_TYPE, records: [known] },
          KEEP_ALIVE,
        )
      }
    }

    if (key !== undefined) {
      const whole = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
      const keyed = { kind: 'workflow', key, userId: caller.userId, flowId: workflow.id, body: whole } as const
      const { answer, isReplayed } = await idempotentRuns.answer(keyed, call.runId, {
        begin: () => begin(call, stream, NEVER),
        failed,
      })
      if (isReplayed) reply.header('idempotent-replayed', 'true')
      return sendAnswer(reply, answer, KEEP_ALIVE)
    }

    const answer = await begin(call, stream, signal)
    const kept = isCached ? keeping(answer, (text) => answerCache.set(cacheKey, text, cacheSeconds)) : answer
    return sendAnswer(reply, kept, KEEP_ALIVE)
  }
}

async function begin(call: PreparedCall, stream: boolean, signal: AbortSignal): Promise<RunAnswered> {
  if (stream) return begunStream(STREAM_TYPE, call.records(signal))
  return { status: 200, contentType: JSON_TYPE, records: [JSON.stringify(await call.answer(signal))] }
}

/** The answer of a run that failed before its answer began. */
function failed(error: unknown): RunAnswered | undefined {
  const failure =
    error instanceof WorkflowRunFailed ? error.failure : isRunFailure(error) ? workflowFailure(error) : undefined
  return failure && { status: failure.status, contentType: JSON_TYPE, records: [failureBody(failure)] }
}

/** Keys that were ignored, as many as a header may hold. */
const ignoredHeader = (keys: readonly string[]): string =>
  keys
    .slice(0, 20)
    .map((key) => encodeURIComponent(key.slice(0, 50).toWellFormed()))
    .join(',')

/** Hands an answer on; its text is kept when it has come to a good end. */
function keeping({ records, ...head }: RunAnswered, keep: (text: string) => void): RunAnswered {
  async function* all() {
    let text = ''
    let last = ''
    for await (const record of records) {
      text += record
      last = record
      yield record
    }
    if (!last.startsWith('event:error')) keep(text)
  }
  return { ...head, records: all() }
}

/** The caller wants a new answer. */
const isRevalidated = ({ headers }: FastifyRequest): boolean =>
  /\bno-(cache|store)\b/i.test(headers['cache-control'] ?? '') || headers.pragma === 'no-cache'
