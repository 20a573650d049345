import type { FastifyRequest } from 'fastify'

const PREFIX = 'x-langflow-global-var-'

/** Values for global variables of this run alone, names in upper case. */
export function headerVariables({ headers }: Pick<FastifyRequest, 'headers'>): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const name in headers) {
    const value = headers[name]
    if (name.startsWith(PREFIX) && typeof value === 'string') {
      found.set(name.slice(PREFIX.length).toUpperCase(), value)
    }
  }
  return found
}
