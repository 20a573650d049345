import { AppError, type ErrorCode } from '@runnel/protocol/errors'
import { readV2Run, startV2Run, stopV2Run, type V2Job, type V2RunAnswer } from '@runnel/protocol/v2-workflows'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { createErrorHandler, sendError } from '../http/error-handler.ts'
import { implement } from '../http/implement.ts'
import { sendJson } from '../http/json-answer.ts'
import { askedBy } from '../runs/run-service.ts'
import type { Services } from '../services.ts'

/** Langflow's second API of runs. */
export function v2WorkflowsRoutes(app: FastifyInstance, { runJobs, log }: Pick<Services, 'runJobs' | 'log'>): void {
  app.register(async (scope) => {
    scope.setErrorHandler(createErrorHandler(log, sendJobError))

    implement(scope, startV2Run, (call) => {
      const { body, user, key, signal } = call
      const caller = { userId: user.id, key, ...askedBy(call) }
      // A variable may say where the owner's keys are sent.
      const asked = caller.onlyRuns ? { ...body, globals: {} } : body
      return about<V2Job | V2RunAnswer>({ flow_id: body.flow_id }, () =>
        body.mode === 'background' ? runJobs.begin(caller, asked) : runJobs.run(caller, asked, signal),
      )
    })

    implement(scope, readV2Run, ({ query: { job_id }, user }) => {
      if (job_id === undefined) throw explained(new AppError('job_id_missing'), {})
      return about({ job_id }, () => runJobs.status(user.id, job_id))
    })

    implement(scope, stopV2Run, ({ body: { job_id }, user }) =>
      about({ job_id }, async () => ({ job_id, message: await runJobs.stop(user.id, job_id) })),
    )
  })
}

/** What callers know failures by, and a few words on each. */
const KNOWN: Partial<Readonly<Record<ErrorCode, readonly [code: string, error: string]>>> = {
  flow_not_found: ['FLOW_NOT_FOUND', 'Flow not found'],
  flow_has_no_data: ['INVALID_FLOW_DATA', 'Invalid flow data'],
  flow_invalid: ['INVALID_FLOW_DATA', 'Invalid flow data'],
  job_not_found: ['JOB_NOT_FOUND', 'Job not found'],
  job_id_missing: ['MISSING_PARAMETER', 'Missing parameter'],
  job_failed: ['JOB_FAILED', 'Job failed'],
  job_not_cancellable: ['JOB_NOT_CANCELLABLE', 'Job cannot be stopped'],
  outputs_unknown: ['UNKNOWN_OUTPUT_IDS', 'Unknown output ids'],
  run_timed_out: ['EXECUTION_TIMEOUT', 'Execution timeout'],
  overloaded: ['SERVICE_BUSY', 'Service busy'],
}

/** Does the work; failures name what it was about. */
async function about<T>(what: Readonly<Record<string, string>>, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw error instanceof AppError ? explained(error, what) : error
  }
}

/** The failure with an object to tell it by. */
function explained(error: AppError, what: Readonly<Record<string, string>>): AppError {
  const known = KNOWN[error.code]
  if (!known) return error
  const [code, words] = known
  const { message, retryAfterSeconds, args } = error
  const detail = {
    error: words,
    code,
    message,
    ...what,
    ...(error.code === 'job_failed' && { error_detail: message }),
    ...(error.code === 'outputs_unknown' && { available: args?.[1]?.split(', ') ?? [] }),
  }
  return new AppError(isOfFlow(error) ? 'bad_request' : error.code, [], {
    cause: error,
    message,
    detail,
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  })
}

/** A graph that cannot be run is the caller's to mend. */
const isOfFlow = ({ code }: AppError): boolean => code === 'flow_invalid' || code === 'flow_has_no_data'

/** What is not there is told without the usual wrapping. */
function sendJobError(reply: FastifyReply, error: AppError): FastifyReply {
  if (error.status !== 404 || typeof error.detail === 'string') return sendError(reply, error)
  return sendJson(reply.code(404).header('x-error-code', error.code), JSON.stringify(error.detail))
}
