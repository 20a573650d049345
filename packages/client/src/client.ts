import type { Endpoint } from '@runnel/protocol/endpoint'
import { isObject } from '@runnel/protocol/json'
import { ClientError } from './client-error.ts'

/** What the server calls Zod's types, without Zod. */
type InputOf<Schema> = Schema extends { readonly _zod: { readonly input: infer Input } } ? Input : never
type OutputOf<Schema> = Schema extends { readonly _zod: { readonly output: infer Output } } ? Output : never

/** Left out where the endpoint takes no such part, or where every key of it may be absent. */
type Part<Name extends string, Schema> = [InputOf<Schema>] extends [never]
  ? { readonly [Key in Name]?: undefined }
  : Partial<Record<string, never>> extends InputOf<Schema>
    ? { readonly [Key in Name]?: InputOf<Schema> }
    : { readonly [Key in Name]: InputOf<Schema> }

type SchemaIn<E, Name extends 'params' | 'query' | 'body'> = E extends { readonly [Key in Name]?: infer Schema }
  ? Exclude<Schema, undefined>
  : never

export type CallInput<E extends Endpoint> = Part<'params', SchemaIn<E, 'params'>> &
  Part<'query', SchemaIn<E, 'query'>> &
  Part<'body', SchemaIn<E, 'body'>> & {
    /** The body of an upload. */
    readonly form?: FormData
    readonly headers?: Readonly<Record<string, string>>
    readonly signal?: AbortSignal
  }

export interface ClientOptions {
  /** `http://localhost:7860` */
  readonly baseUrl: string
  readonly apiKey?: string
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>
  /** Refuses answers that do not fit the endpoint's schema. */
  readonly checkAnswers?: boolean
}

export interface Client {
  /** The parsed answer. @throws ClientError when the server refuses or fails */
  call<E extends Endpoint>(endpoint: E, input: CallInput<E>): Promise<OutputOf<E['response']>>
  /** The answer itself, of any status: for streams and files. */
  request<E extends Endpoint>(endpoint: E, input: CallInput<E>): Promise<Response>
}

interface Parts {
  readonly params?: unknown
  readonly query?: unknown
  readonly body?: unknown
  readonly form?: FormData
  readonly headers?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal
}

/** A client of every endpoint the protocol declares. */
export function createClient({ baseUrl, apiKey, fetch = globalThis.fetch, checkAnswers }: ClientOptions): Client {
  async function request(endpoint: Endpoint, input: Parts): Promise<Response> {
    const { body, type } = bodyOf(endpoint, input)
    const headers: Record<string, string> = {
      ...(apiKey !== undefined && { 'x-api-key': apiKey }),
      ...(type !== undefined && { 'content-type': type }),
      ...input.headers,
    }
    const url = baseUrl.replace(/\/$/, '') + pathOf(endpoint.path, input.params) + queryOf(input.query)
    return fetch(url, {
      method: endpoint.method,
      headers,
      ...(body !== undefined && { body }),
      ...(input.signal && { signal: input.signal }),
    })
  }

  async function call(endpoint: Endpoint, input: Parts): Promise<unknown> {
    const response = await request(endpoint, input)
    const answer = await readAnswer(response)
    if (!response.ok) throw errorOf(response, answer)
    if (checkAnswers && endpoint.response) endpoint.response.parse(answer)
    return answer
  }

  // The overloads say what the endpoint's schemas say; here the parts are only put together.
  return { call, request } as Client
}

function pathOf(path: string, params: unknown): string {
  return path.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(String(isObject(params) ? (params[name] ?? '') : '')),
  )
}

function queryOf(query: unknown): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(isObject(query) ? query : {})) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null) search.append(name, String(one))
    }
  }
  return search.size === 0 ? '' : `?${search}`
}

function bodyOf({ bodyType }: Endpoint, { body, form }: Parts): { body?: string | FormData; type?: string } {
  if (form) return { body: form }
  if (body === undefined) return {}
  if (bodyType !== 'form') return { body: JSON.stringify(body), type: 'application/json' }
  const fields = Object.entries(isObject(body) ? body : {}).map(([name, value]) => [name, String(value)])
  return { body: new URLSearchParams(fields).toString(), type: 'application/x-www-form-urlencoded' }
}

async function readAnswer(response: Response): Promise<unknown> {
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.includes('json') ?? false
  return text === '' ? undefined : isJson ? JSON.parse(text) : text
}

/** What the headers of a failed answer say of it: its code, and what the sentence of that code is about. */
export function errorFacts(headers: Headers): Pick<ClientError, 'code' | 'args'> {
  const about = headers.get('x-error-args')
  const args: unknown = about === null ? undefined : JSON.parse(decodeURIComponent(about))
  return {
    code: headers.get('x-error-code') ?? undefined,
    args: Array.isArray(args) ? args.map(String) : undefined,
  }
}

function errorOf({ status, headers }: Response, answer: unknown): ClientError {
  const detail = isObject(answer) ? (answer.detail ?? answer.message) : answer
  const wait = Number(headers.get('retry-after') ?? Number.NaN)
  return new ClientError(status, detail, {
    ...errorFacts(headers),
    requestId: headers.get('x-request-id') ?? undefined,
    ...(Number.isFinite(wait) && { retryAfterSeconds: wait }),
  })
}
