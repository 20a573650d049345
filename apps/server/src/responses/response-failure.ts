import { AppError } from '@runnel/protocol/errors'
import { isObject } from '@runnel/protocol/json'
import type { ResponseError } from '@runnel/protocol/responses'
import type { FastifyReply } from 'fastify'
import { sendJson } from '../http/json-answer.ts'
import { isRunFailure, runFailureText } from '../runs/run-failure.ts'

/** What OpenAI's clients read of a failure. */
export function responseError(error: AppError): ResponseError['error'] {
  const { code, status } = error
  const isRun = isRunFailure(error)
  const isProcessing = isRun || code === 'flow_not_for_chat'
  return {
    message: isRun ? runFailureText(error) : sentenceOf(error),
    type: isProcessing ? 'processing_error' : status < 500 ? 'invalid_request_error' : 'server_error',
    code,
  }
}

/** The sentence of a failure, also of a body that does not fit. */
function sentenceOf({ detail, message }: AppError): string {
  if (!Array.isArray(detail)) return message
  return detail
    .filter(isObject)
    .map(({ loc, msg }) => `${Array.isArray(loc) ? loc.slice(1).join('.') : ''}: ${String(msg)}`)
    .join('; ')
}

/** Sends a failure in OpenAI's form. */
export function sendResponseError(reply: FastifyReply, error: AppError): FastifyReply {
  const { code, status, detail, retryAfterSeconds } = error
  reply.code(status).header('x-error-code', code)
  // OpenAI's clients ask again after a 500; what a flow does must not happen three times.
  if (isRunFailure(error)) reply.header('x-should-retry', 'false')
  if (status === 401) reply.header('www-authenticate', 'Bearer')
  if (retryAfterSeconds !== undefined) reply.header('retry-after', String(Math.ceil(retryAfterSeconds)))
  // What is left of the body is not read; neither end can go on with this connection.
  if (status === 413) reply.header('connection', 'close')
  const told = responseError(error)
  const body: ResponseError = { error: told, detail: Array.isArray(detail) ? detail : told.message }
  return sendJson(reply, JSON.stringify(body))
}

/** No flow of the caller goes by this name. */
export const noSuchModel = (model: string, cause: AppError): AppError =>
  new AppError('flow_not_found', [], { cause, message: `Flow with id '${model.slice(0, 100)}' not found` })

/** Any failure as one that has a sentence for the caller. */
export const knownError = (error: unknown): AppError =>
  error instanceof AppError ? error : new AppError('internal', [], { cause: error })
