import { AppError } from '@runnel/protocol/errors'
import { isObject } from '@runnel/protocol/json'
import type { FastifyReply } from 'fastify'
import { sendJson } from '../http/json-answer.ts'
import { isTimeout } from '../runs/flow-runner.ts'
import { isRunFailure, runFailureText } from '../runs/run-failure.ts'

/** A failure in FlowAI's form. */
export interface WorkflowFailure {
  readonly status: number
  readonly code: string
  readonly message: string
  readonly details: unknown
  readonly retryAfterSeconds: number | undefined
}

/** Any expected failure of a call, as its callers read it. */
export function workflowFailure(error: AppError, node: FailedNode | undefined = undefined): WorkflowFailure {
  const { code: cause, status, detail, retryAfterSeconds } = error
  const failure = (answered: number, code: string, details: unknown = null, message = error.message) => ({
    status: answered,
    code,
    message,
    details,
    retryAfterSeconds,
  })
  if (isTimeout(error) || cause === 'model_timeout') return failure(504, 'timeout', node ?? null)
  if (isRunFailure(error)) {
    return failure(500, 'run_failed', { ...node, cause }, runFailureText(error))
  }
  switch (cause) {
    case 'request_invalid':
      return { ...bodyFailure(detail), status: 400, retryAfterSeconds }
    case 'workflow_input_invalid': {
      const { code, details } = isObject(detail) ? detail : {}
      return failure(400, String(code), details)
    }
    case 'key_address_refused':
      return failure(401, 'invalid_api_key')
    case 'key_scope':
      return failure(404, 'workflow_not_found', null, 'This API key is not for this workflow')
    case 'flow_not_found':
      return failure(404, 'workflow_not_found')
    case 'published_version_not_found':
      return failure(404, 'workflow_not_published')
    case 'role_too_small':
      return failure(403, cause)
    case 'overloaded':
    case 'workflows_busy':
      return failure(503, 'busy')
    default:
      if (status === 401 || status === 403) {
        return failure(401, 'invalid_api_key', null, new AppError('workflow_key_invalid').message)
      }
      return failure(status, cause)
  }
}

/** The node a run failed in. */
export interface FailedNode {
  readonly node: string
  readonly title: string
}

/** What is wrong with a body, from the list that other endpoints answer with. */
function bodyFailure(detail: unknown): Pick<WorkflowFailure, 'code' | 'message' | 'details'> {
  const items = (Array.isArray(detail) ? detail : []).filter(isObject)
  const paths = items.map(({ loc }) => (Array.isArray(loc) ? loc.slice(1).map(String) : []))
  const json = items.find(({ type }) => type === 'json_invalid')
  const context = isObject(json?.ctx) ? json.ctx.error : undefined
  if (json) return { code: 'invalid_json', message: `The body is not JSON: ${String(context)}`, details: null }
  if (items[0]?.input === null && paths[0]?.length === 0) {
    return { code: 'invalid_json', message: 'The body is empty. Send a JSON object.', details: null }
  }
  if (paths.some(([first]) => first === undefined || first === 'input')) {
    return { code: 'missing_input', message: 'The body needs "input", an object of values.', details: null }
  }
  const fields = [...new Set(paths.map((path) => path.join('.')))]
  const problems = items.map(({ msg }, index) => ({
    field: fields[index] ?? '',
    code: 'wrong_type',
    message: String(msg),
  }))
  const message = `${problems.map((problem) => `${problem.field}: ${problem.message}`).join('; ')}.`
  return { code: 'invalid_field', message, details: { fields, problems } }
}

/** The JSON text of a failure's body. */
export function failureBody({ code, message, details }: WorkflowFailure): string {
  return JSON.stringify({ error: { code, message, details }, detail: message })
}

/** Answers a failure in FlowAI's form, with the headers that go with it. */
export function sendWorkflowFailure(reply: FastifyReply, failure: WorkflowFailure): FastifyReply {
  const { status, code, retryAfterSeconds } = failure
  reply.code(status).header('x-error-code', code)
  if (status === 401) reply.header('www-authenticate', 'Bearer')
  if (retryAfterSeconds !== undefined) reply.header('retry-after', String(Math.ceil(retryAfterSeconds)))
  // What is left of the body is not read; neither end can go on with this connection.
  if (status === 413) reply.header('connection', 'close')
  return sendJson(reply, failureBody(failure))
}

/** The same for an error of ours. */
export const sendWorkflowError = (reply: FastifyReply, error: AppError): FastifyReply =>
  sendWorkflowFailure(reply, workflowFailure(error))
