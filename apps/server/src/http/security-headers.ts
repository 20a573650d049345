import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { AppError } from '@runnel/protocol/errors'
import type { FastifyInstance, FastifyReply } from 'fastify'

const REQUEST_ID = /^[A-Za-z0-9._-]{1,64}$/
/** The longest address of a request, in characters. */
export const URI_CHARACTERS = 8192

/** The caller's `X-Request-Id` when it is harmless, else a new one. */
export function requestIdOf({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const given = headers['x-request-id']
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID()
}

/** Of every answer: its request id, no guessing of types, no storing of API answers. */
export const answerHeaders = (requestId: string): Record<string, string> => ({
  'x-request-id': requestId,
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
})

/** Puts the headers of every answer on it and refuses addresses that are too long. */
export function addSecurityHeaders(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(answerHeaders(request.id))
    if (request.protocol === 'https') reply.header('strict-transport-security', 'max-age=31536000')
    done(request.url.length > URI_CHARACTERS ? new AppError('uri_too_long', [String(URI_CHARACTERS)]) : undefined)
  })
}

export interface PageRules {
  /** The sites whose pages may show it inside of theirs; `*` is all of them. None unless said. */
  readonly framedBy?: readonly string[]
  /** Hashes of the scripts that stand in the page, as `sha256-...`; no other may. */
  readonly scripts?: readonly string[]
}

/** Headers of an HTML page. Styles may be inline, scripts only those that are named. */
export function addPageHeaders(reply: FastifyReply, { framedBy = [], scripts = [] }: PageRules = {}): FastifyReply {
  return reply.headers({
    'content-security-policy': [
      "default-src 'self'",
      ["script-src 'self'", ...scripts.map((hash) => `'${hash}'`)].join(' '),
      "style-src 'self' 'unsafe-inline'",
      "img-src 'self' data: blob:",
      "font-src 'self' data:",
      "media-src 'self' data: blob:",
      "frame-src 'self' blob:",
      "connect-src 'self'",
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'self'",
      `frame-ancestors ${framedBy.length > 0 ? framedBy.join(' ') : "'none'"}`,
    ].join('; '),
    'referrer-policy': 'same-origin',
    ...(framedBy.length === 0 && { 'x-frame-options': 'DENY' }),
  })
}
