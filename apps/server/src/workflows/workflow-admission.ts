import { AppError } from '@runnel/protocol/errors'
import { runWorkflow } from '@runnel/protocol/workflow'
import type { UserRecord } from '@runnel/storage/records'
import type { FastifyRequest } from 'fastify'
import type { Authenticator } from '../auth/authenticator.ts'
import type { Config } from '../config.ts'
import type { Memberships } from '../projects/memberships.ts'
import type { UsageRecorder } from '../usage/usage-recorder.ts'
import { createLeakyBuckets } from './leaky-buckets.ts'
import type { CallableWorkflow, WorkflowLoader } from './workflow-loader.ts'
import type { WorkflowCaller } from './workflow-service.ts'

export interface WorkflowAdmissionOptions {
  readonly config: Pick<Config, 'flowaiRateLimit' | 'maxWorkflowCalls'>
  readonly authenticator: Pick<Authenticator, 'identifyKey'>
  readonly workflows: WorkflowLoader
  readonly memberships: Pick<Memberships, 'of'>
  readonly usage: Pick<UsageRecorder, 'count'>
}

/** A call that was let in. */
export interface AdmittedCall {
  readonly caller: WorkflowCaller
  readonly workflow: CallableWorkflow
}

const BUSY_SECONDS = 1

export type WorkflowAdmission = ReturnType<typeof createWorkflowAdmission>

/** Decides before a body is read whether a call may come in: key, rate limits, and how many are running. */
export function createWorkflowAdmission(options: WorkflowAdmissionOptions) {
  const { config, authenticator, workflows, memberships, usage } = options
  const buckets = createLeakyBuckets(() => performance.now())
  let running = 0

  return {
    /** @throws AppError 401, 404, 429 or 503 */
    async admit(request: FastifyRequest): Promise<AdmittedCall> {
      const { user, key } = await authenticator.identifyKey(request)
      const wait = take(`key ${key.id}`, key.limits?.rateLimit ?? config.flowaiRateLimit)
      const named = String(Reflect.get(Object(request.params), 'workflow_id'))
      const { workflow, ...caller } = await found(user, named).catch((error: unknown) => {
        // Whoever calls too fast is not told what there is.
        throw wait === undefined ? error : limited('with this API key', wait)
      })
      const full = wait ?? take(`flow ${workflow.id}`, workflow.publication.rateLimit ?? 0)
      if (full !== undefined) {
        usage.count({ userId: workflow.ownerId, flowId: workflow.id, keyId: key.id, outcome: 'limited' })
        throw limited(wait === undefined ? 'of this workflow' : 'with this API key', full)
      }
      if (running >= config.maxWorkflowCalls) {
        throw new AppError('workflows_busy', [], { retryAfterSeconds: BUSY_SECONDS })
      }
      return { caller: { ...caller, keyId: key.id }, workflow }
    },

    /** Counts what is running. */
    async running<Value>(work: () => Promise<Value>): Promise<Value> {
      running++
      try {
        return await work()
      } finally {
        running--
      }
    },
  }

  /** Their own, a public one, or one of a project they are a member of, which is run for who made it. */
  async function found(
    user: UserRecord,
    named: string,
  ): Promise<Omit<WorkflowCaller, 'keyId'> & Pick<AdmittedCall, 'workflow'>> {
    try {
      return { userId: user.id, workflow: await workflows.find(user.id, named) }
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'workflow_not_found') throw error
      const membership = await memberships.of(user, runWorkflow, { params: { workflow_id: named } })
      if (!membership) throw error
      const userId = membership.owner.id
      return { userId, startedBy: user.username, workflow: await workflows.find(userId, named) }
    }
  }

  function take(name: string, perSecond: number): number | undefined {
    return perSecond > 0 ? buckets.take(name, perSecond) : undefined
  }
}

const limited = (who: string, seconds: number) => new AppError('rate_limited', [who], { retryAfterSeconds: seconds })
