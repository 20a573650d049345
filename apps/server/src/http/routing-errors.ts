import type { Endpoint } from '@runnel/protocol/endpoint'
import { AppError } from '@runnel/protocol/errors'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { pathOf, type SendError } from './error-handler.ts'

/** Answers for a room outside the API, or says that it does not. */
type Otherwise = (request: FastifyRequest, reply: FastifyReply) => Promise<boolean>

/**
 * Answers requests no route matches: a page where `otherwise` has one, 405 with `Allow` when only the method is wrong,
 * else a JSON 404. `senderOf` says in which form a path is answered.
 */
export function createNotFoundHandler(
  endpoints: readonly Endpoint[],
  senderOf: (path: string) => SendError,
  otherwise: Otherwise | undefined,
) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    // Not the reply itself: whoever awaits that waits for the end of the answer, and gets nothing.
    if (await otherwise?.(request, reply)) return reply
    const path = pathOf(request.url)
    const methods = endpoints.filter((endpoint) => patternOf(endpoint.path).test(path)).map(({ method }) => method)
    const send = senderOf(path)
    if (methods.length === 0) return send(reply, new AppError('not_found'))
    const allowed = new Set<string>([...methods, ...(methods.includes('GET') ? ['HEAD'] : [])])
    return send(reply.header('allow', [...allowed].sort().join(', ')), new AppError('method_not_allowed'))
  }
}

const patterns = new Map<string, RegExp>()

function patternOf(path: string): RegExp {
  const known = patterns.get(path)
  if (known) return known
  const source = path
    .replace(/\/$/, '')
    .split('/')
    .map((part) => (part.startsWith(':') ? '[^/]+' : part === '*' ? '.*' : part.replace(/[.+*?^$()[\]{}|\\]/g, '\\$&')))
    .join('/')
  const pattern = new RegExp(`^${source}/?$`)
  patterns.set(path, pattern)
  return pattern
}
