import type { FastifyInstance } from 'fastify'

export interface CorsOptions {
  /** Compared exactly; `*` stands for any origin, which then gets no credentials. */
  readonly origins: readonly string[]
  readonly credentials: boolean
}

const METHODS = 'DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT'

/** Lets pages of the listed origins call the server. Without origins there is nothing to add. */
export function addCors(app: FastifyInstance, { origins, credentials }: CorsOptions): void {
  if (origins.length === 0) return
  const listed = new Set(origins)
  app.addHook('onRequest', async (request, reply) => {
    reply.header('vary', 'Origin')
    const { origin } = request.headers
    if (origin === undefined) return
    const exact = listed.has(origin)
    const isPreflight = request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined
    if (!exact && !listed.has('*')) {
      if (isPreflight) return reply.code(400).type('text/plain').send('Disallowed CORS origin')
      return
    }
    reply.header('access-control-allow-origin', exact ? origin : '*')
    if (exact && credentials) reply.header('access-control-allow-credentials', 'true')
    if (!isPreflight) return
    reply.headers({
      'access-control-allow-methods': METHODS,
      'access-control-allow-headers': request.headers['access-control-request-headers'] ?? '*',
      'access-control-max-age': '600',
    })
    return reply.code(200).type('text/plain').send('OK')
  })
}
