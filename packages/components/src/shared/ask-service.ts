import { AppError, messageOf } from '@runnel/protocol/errors'
import { isObject, type JsonObject } from '@runnel/protocol/json'
import type { HttpAnswer, HttpRequest, RunContext } from '@runnel/sdk'
import { decodeText } from './text-encoding.ts'

/** Services want to know who asks; some refuse those that do not say. */
export const USER_AGENT = { 'User-Agent': 'Runnel/1.0 (flow server)' } as const

const MOST_SHOWN = 2000

/** What asking a service takes of a run. */
export type Asking = Pick<RunContext, 'http' | 'signal'>

export interface ServiceAnswer extends HttpAnswer {
  readonly text: string
}

/**
 * What a service answers to one request, whatever its status.
 * @throws AppError `bad_request` when it does not answer; `address_refused`.
 */
export async function answerOfService(
  url: string,
  request: HttpRequest,
  { http, signal }: Asking,
): Promise<ServiceAnswer> {
  const answer = await answerOf(() => http.fetch(url, request, signal), request, signal)
  return { ...answer, text: decodeText(answer.body) }
}

/**
 * What a service answers to one request.
 * @throws AppError as `answerOfService` does, and `bad_request` for an error status.
 */
export async function askService(url: string, request: HttpRequest, context: Asking): Promise<ServiceAnswer> {
  const answer = await answerOfService(url, request, context)
  if (answer.status < 400) return answer
  throw new AppError('bad_request', [`HTTP error occurred: ${answer.status} - ${answer.text.slice(0, MOST_SHOWN)}`])
}

/**
 * The JSON object a service answers with.
 * @throws AppError as `askService` does, and `bad_request` for an answer that is no JSON object.
 */
export async function askJson(url: string, request: HttpRequest, context: Asking): Promise<JsonObject> {
  return jsonObject(await askService(url, request, context))
}

/** An answer read as a JSON object. @throws AppError `bad_request` when it is none. */
export function jsonObject({ text }: Pick<ServiceAnswer, 'text'>): JsonObject {
  const parsed = parsedJson(text)
  if (isObject(parsed)) return parsed
  throw new AppError('bad_request', ['Invalid response format: the answer is no JSON object.'])
}

/** A POST of JSON. */
export const postJson = (body: unknown, headers: Readonly<Record<string, string>> = {}): HttpRequest => ({
  method: 'POST',
  headers: { ...USER_AGENT, 'Content-Type': 'application/json', ...headers },
  body: JSON.stringify(body),
})

/** @throws AppError `bad_request` for a text that is no JSON. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new AppError('bad_request', [`Invalid response format: ${messageOf(cause)}`], { cause })
  }
}

async function answerOf(send: () => Promise<HttpAnswer>, { timeoutMs }: HttpRequest, signal: AbortSignal) {
  try {
    return await send()
  } catch (cause) {
    signal.throwIfAborted()
    if (!(cause instanceof AppError) || cause.code !== 'bad_request') throw cause
    const why = isTimeout(cause)
      ? `Request timed out${timeoutMs ? ` (${timeoutMs / 1000}s)` : ''}. Please try again or adjust parameters.`
      : `Request error occurred: ${messageOf(cause)}`
    throw new AppError('bad_request', [why], { cause })
  }
}

const isTimeout = ({ cause }: AppError): boolean => cause instanceof DOMException && cause.name === 'TimeoutError'

/** What went wrong with a service, for a component that gives it as data. Other failures are thrown again. */
export function failureOf(error: unknown, { signal }: RunContext): string {
  signal.throwIfAborted()
  if (error instanceof AppError && ['bad_request', 'invalid_field'].includes(error.code)) return messageOf(error)
  throw error
}

/** The objects in a list of an answer; none where there is no list. */
export const objectsIn = (list: unknown): readonly JsonObject[] => (Array.isArray(list) ? list.filter(isObject) : [])

/** A text in an answer; empty where there is none. */
export const textIn = (value: unknown): string => (typeof value === 'string' ? value : '')
