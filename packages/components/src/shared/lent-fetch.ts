import { AppError } from '@runnel/protocol/errors'
import { isObject } from '@runnel/protocol/json'
import type { HttpRequest, RunContext } from '@runnel/sdk'

/** Answers are handed over as JSON, which must fit into the sandbox. */
const MAX_BYTES = 4 * 1024 * 1024

/** `fetch` as code of users may call it: through the one way out, with what it asked for read anew. */
export function lentFetch({ http, signal: runSignal }: Pick<RunContext, 'http' | 'signal'>) {
  return async ([url, options]: readonly unknown[], signal: AbortSignal): Promise<unknown> => {
    if (typeof url !== 'string') throw new AppError('bad_request', ['fetch needs an address: a text.'])
    const answer = await http.fetch(url, requestOf(options), AbortSignal.any([runSignal, signal]))
    const { status, headers, body } = answer
    return { url: answer.url, status, headers, text: new TextDecoder().decode(body) }
  }
}

function requestOf(options: unknown): HttpRequest {
  const { method, headers, body, timeoutMs } = isObject(options) ? options : {}
  const texts = isObject(headers) ? Object.entries(headers).map(([name, value]) => [name, String(value)]) : []
  return {
    ...(typeof method === 'string' && { method: method.toUpperCase() }),
    headers: Object.fromEntries(texts),
    ...(typeof body === 'string' && { body }),
    ...(typeof timeoutMs === 'number' && { timeoutMs }),
    maxBytes: MAX_BYTES,
  }
}
