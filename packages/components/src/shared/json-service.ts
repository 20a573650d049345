import { AppError } from '@runnel/protocol/errors'
import { isObject, type JsonObject } from '@runnel/protocol/json'
import { type Asking, askService } from './ask-service.ts'
import { decodeText } from './text-encoding.ts'

/** A service that is asked in JSON, at one address and with the same headers. */
export interface JsonService {
  /** The answer's JSON. @throws AppError `bad_request` for an error status, or what is no JSON */
  ask(method: string, path: string, body?: unknown): Promise<unknown>
  /** As `ask`, for an answer that must be an object. */
  object(method: string, path: string, body?: unknown): Promise<JsonObject>
  /** Whether there is something at the address. @throws AppError `bad_request` for statuses other than 2xx and 404 */
  has(path: string): Promise<boolean>
}

const TIMEOUT_MS = 60_000

export function jsonService(base: string, headers: Readonly<Record<string, string>>, context: Asking): JsonService {
  const at = base.trim().replace(/\/+$/, '')
  if (!/^https?:\/\//.test(at)) {
    throw new AppError('invalid_field', [`${at || 'Nothing'} is no address of a server. Write https://…`])
  }
  async function ask(method: string, path: string, body?: unknown): Promise<unknown> {
    const isLines = typeof body === 'string'
    const request = {
      method,
      headers: {
        ...headers,
        ...(body !== undefined && { 'content-type': isLines ? 'application/x-ndjson' : 'application/json' }),
      },
      ...(body !== undefined && { body: isLines ? body : JSON.stringify(body) }),
      timeoutMs: TIMEOUT_MS,
    }
    const { text } = await askService(at + path, request, context)
    try {
      return text.trim() === '' ? {} : JSON.parse(text)
    } catch (cause) {
      throw new AppError('bad_request', [`The answer of ${new URL(at).host} is no JSON.`], { cause })
    }
  }
  return {
    ask,
    async object(method, path, body) {
      const answer = await ask(method, path, body)
      if (isObject(answer)) return answer
      throw new AppError('bad_request', [`The answer of ${new URL(at).host} is no JSON object.`])
    },
    async has(path) {
      const answer = await context.http.fetch(at + path, { headers, timeoutMs: TIMEOUT_MS }, context.signal)
      if (answer.status < 400) return true
      if (answer.status === 404) return false
      const said = decodeText(answer.body).slice(0, 500)
      throw new AppError('bad_request', [`HTTP error occurred: ${answer.status} - ${said}`])
    },
  }
}

/** The numbers of a vector in an answer; undefined where there is none. */
export const vectorIn = (value: unknown): readonly number[] | undefined =>
  Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'number') ? value : undefined

/** A number in an answer; null where there is none. */
export const numberIn = (value: unknown): number | null => (typeof value === 'number' ? value : null)

/** The conditions of a filter: a name and the values it may have. */
export const conditionsOf = (
  filter: Readonly<Record<string, unknown>>,
): readonly { readonly name: string; readonly values: readonly unknown[] }[] =>
  Object.entries(filter).map(([name, value]) => ({ name, values: Array.isArray(value) ? value : [value] }))
