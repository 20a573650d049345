import { AppError } from '@runnel/protocol/errors'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import type { Log } from '../log.ts'
import { sendJson } from './json-answer.ts'

/** Writes an expected failure as an answer. */
export type SendError = (reply: FastifyReply, error: AppError) => FastifyReply

/**
 * Answers failures: the expected ones as `send` writes them, the others as a 500 without internals and a log line.
 */
export function createErrorHandler(log: Log, send: SendError = sendError) {
  return (error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const known = error instanceof AppError ? error : translate(error, request)
    if (known) return send(reply, known)
    log.error('request failed', { requestId: request.id, method: request.method, url: pathOf(request.url), error })
    return send(reply, new AppError('internal'))
  }
}

/** Sends an expected failure. */
export function sendError(reply: FastifyReply, error: AppError): FastifyReply {
  reply.code(error.status).header('x-error-code', error.code)
  const about = aboutOf(error)
  if (about !== undefined) reply.header('x-error-args', about)
  if (error.status === 401) reply.header('www-authenticate', error.authenticate ?? 'Bearer')
  if (error.retryAfterSeconds !== undefined) reply.header('retry-after', String(Math.ceil(error.retryAfterSeconds)))
  // What is left of the body is not read; neither end can go on with this connection.
  if (error.status === 413) reply.header('connection', 'close')
  const both = error.status === 413 || error.status >= 500
  const { detail } = error
  const message = both && typeof detail === 'string' && !detail.startsWith('{') ? { message: detail } : {}
  return sendJson(reply, JSON.stringify({ detail, ...message }))
}

/** Longer lists than this are told by the sentence alone: headers have little room. */
const MAX_ABOUT = 2000

/** What the sentence is about, so that a client can say it in another language: a JSON list, URI-encoded. */
function aboutOf({ args }: AppError): string | undefined {
  const about = args && encodeURIComponent(JSON.stringify(args))
  return about !== undefined && about.length <= MAX_ABOUT ? about : undefined
}

/** An address without its query, which may hold a key. */
export const pathOf = (url: string): string => url.split('?', 1)[0] ?? url

/** The failures Fastify raises itself about a request. */
function translate(error: unknown, request: FastifyRequest): AppError | undefined {
  if (!(error instanceof Error) || !('code' in error) || !('statusCode' in error)) return undefined
  const { code, statusCode, message } = error as FastifyError
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE' || code === 'FST_REQ_FILE_TOO_LARGE') {
    const limit = request.routeOptions.bodyLimit ?? 0
    const length = Number(request.headers['content-length'] ?? 0)
    return new AppError('content_too_large', [megabytes(limit, 0), megabytes(Math.max(length, limit + 1), 3)])
  }
  if (statusCode === 415) {
    return new AppError('unsupported_media_type', [
      (request.headers['content-type'] ?? 'none').slice(0, 100),
      'application/json',
    ])
  }
  return statusCode !== undefined && statusCode >= 400 && statusCode < 500
    ? new AppError('bad_request', [message.slice(0, 200)])
    : undefined
}

const megabytes = (bytes: number, digits: number): string => (bytes / (1024 * 1024)).toFixed(digits)
