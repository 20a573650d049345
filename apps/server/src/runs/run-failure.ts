import { AppError, type RunFailureCode } from '@runnel/protocol/errors'

const RUN_FAILURES: ReadonlySet<string> = new Set([
  'flow_invalid',
  'component_failed',
  'address_refused',
  'model_error',
  'model_rate_limited',
  'model_timeout',
  'interrupted',
] satisfies readonly RunFailureCode[])

/** Whether a failure is about the user's flow, not about the request. */
export function isRunFailure(error: unknown): error is AppError {
  return error instanceof AppError && RUN_FAILURES.has(error.code)
}

/** The sentence of a failed run. */
export function runFailureText(error: AppError): string {
  return error.message.startsWith('Error building') ? `Error running graph: ${error.message}` : error.message
}

/** A failed run as an answer: `detail` is the text of a JSON object, which clients parse twice (api.md, 1.5.1). */
export function toRunAnswer(error: AppError): AppError {
  const detail = JSON.stringify({
    message: runFailureText(error),
    traceback: null,
    description: null,
    code: error.code,
    suggestion: null,
  })
  const { retryAfterSeconds } = error
  return new AppError(error.code, [error.message, ''], {
    cause: error,
    detail,
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  })
}
