import { AppError, runFailureCode } from '@runnel/protocol/errors'

/** Whether a failure is about the user's flow, not about the request. */
export function isRunFailure(error: unknown): error is AppError {
  return runFailureCode(error) !== undefined
}

/** The sentence of a failed run. */
export function runFailureText(error: AppError): string {
  return error.message.startsWith('Error building') ? `Error running graph: ${error.message}` : error.message
}

/** A failed run as an answer: `detail` is the text of a JSON object, which clients parse twice. */
export function toRunAnswer(error: AppError): AppError {
  const detail = JSON.stringify({
    message: runFailureText(error),
    traceback: null,
    description: null,
    code: error.code,
    suggestion: null,
  })
  const { retryAfterSeconds } = error
  return new AppError(error.code, [], {
    cause: error,
    message: error.message,
    detail,
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  })
}
