import { exchange, type ProviderAnswer, type ProviderRequest } from './exchange.ts'
import { Fault } from './fault.ts'
import type { ModelLimits } from './limits.ts'

/** One call to a provider: the `fetch` its SDK is given, and what that fetch found out. */
export interface ProviderCall {
  readonly fetch: typeof globalThis.fetch
  /** Why the body ended early. An SDK is shown a plain end, so that it first passes on what came before. */
  failure(): Fault | undefined
}

/** Thrown through the SDK to take a whole JSON document out of its hands where it waits for a stream. */
export class TakenDocument {
  readonly json: string
  constructor(json: string) {
    this.json = json
  }
}

export interface StreamAnswer {
  /** The piece of the body that has been read. */
  readonly first: Buffer
  readonly answer: ProviderAnswer
}

/** What a provider has answered: a stream at its first piece, or a whole document. */
export type Answered = { readonly contentType: string } & (
  | { readonly stream: StreamAnswer; readonly json?: never }
  | { readonly json: string; readonly stream?: never }
)

export interface CallOptions {
  readonly limits: ModelLimits
  readonly signal: AbortSignal
  /** A stream was asked for; a document may come instead. */
  readonly stream: boolean
  /** A stream is lines of JSON: what begins with a brace is no document. */
  readonly streamsJson?: boolean
  /** Merged into the JSON body, over what is written there. */
  readonly extraBody?: Readonly<Record<string, unknown>> | undefined
}

const ERROR_BODY_BYTES = 64 * 1024

/**
 * The way all requests to providers take. Enforces the limits, follows no redirect, and turns every answer that is
 * none into a `Fault`: a status other than 2xx, HTML, an empty body, a body cut off.
 */
export async function ask(request: ProviderRequest, options: CallOptions): Promise<Answered> {
  const { limits, signal, stream, streamsJson, extraBody } = options
  const body = extraBody ? JSON.stringify({ ...JSON.parse(request.body), ...extraBody }) : request.body
  const answer = await exchange({ ...request, body }, limits, signal)
  if (answer.status >= 300 && answer.status < 400) {
    answer.close()
    throw new Fault({ kind: 'redirect', status: answer.status })
  }
  if (answer.status < 200 || answer.status >= 300) throw await statusFault(answer)
  const contentType = answer.headers['content-type'] ?? 'application/json'
  if (!stream) return { contentType, json: await documentOf(answer) }
  const first = await answer.read()
  if (first === undefined) throw new Fault({ kind: 'broken', why: 'it is empty' })
  const mark = firstMark(first)
  if (!streamsJson && (mark === '{' || mark === '[')) return { contentType, json: await documentOf(answer, first) }
  if (mark === '<') throw new Fault({ kind: 'broken', why: 'it is HTML', quote: await documentOf(answer, first) })
  return { contentType, stream: { first, answer } }
}

/** A call whose answer an SDK reads. A document in the place of a stream is thrown as `TakenDocument`. */
export function createCall(options: CallOptions): ProviderCall {
  let failure: Fault | undefined

  async function send(input: string | URL | Request, init?: RequestInit): Promise<Response> {
    const { contentType, stream, json } = await ask(requestOf(input, init), options)
    if (!stream && options.stream) throw new TakenDocument(json)
    return new Response(stream ? bodyOf(stream) : json, { headers: { 'content-type': contentType } })
  }

  /** The stream for an SDK. Errors would make it drop what it has not read yet, so a failed body just ends. */
  function bodyOf({ first, answer }: StreamAnswer): ReadableStream<Uint8Array> {
    const lines = createLineCheck(options.limits.lineBytes)
    let next: Buffer | undefined = first
    return new ReadableStream<Uint8Array>(
      {
        async pull(controller) {
          try {
            const chunk: Buffer | undefined = next ?? (await answer.read())
            next = undefined
            if (chunk === undefined) {
              controller.close()
              return
            }
            lines(chunk)
            controller.enqueue(chunk)
          } catch (error) {
            answer.close()
            if (!(error instanceof Fault)) throw error
            failure = error
            controller.close()
          }
        },
        cancel: () => answer.close(),
      },
      { highWaterMark: 0 },
    )
  }

  return { fetch: send, failure: () => failure }
}

/**
 * The request an SDK writes, taken from it before it is sent. The SDK waits for an answer it never gets: to hear of
 * one, or of an error in the place of one, would cost more than all it does before.
 */
export function writtenBy(write: (fetch: typeof globalThis.fetch) => Promise<unknown>): Promise<ProviderRequest> {
  const written = Promise.withResolvers<ProviderRequest>()
  const fetch: typeof globalThis.fetch = (input, init) => {
    written.resolve(requestOf(input, init))
    return new Promise(() => {})
  }
  write(fetch).catch(written.reject)
  return written.promise
}

const requestOf = (input: string | URL | Request, init?: RequestInit): ProviderRequest => ({
  url: String(input),
  headers: plainRecord(init?.headers),
  body: String(init?.body ?? ''),
})

/** Throws once a line is longer than `lineBytes`. */
function createLineCheck(lineBytes: number): (chunk: Buffer) => void {
  let open = 0
  return (chunk) => {
    let from = 0
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, from)) {
      open += end - from
      if (open > lineBytes) break
      open = 0
      from = end + 1
    }
    if (open <= lineBytes) open += chunk.length - from
    if (open > lineBytes) throw new Fault({ kind: 'limit', what: 'line', bytes: lineBytes })
  }
}

function firstMark(chunk: Buffer): string {
  return chunk
    .subarray(0, 256)
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trimStart()
    .charAt(0)
}

async function documentOf(answer: ProviderAnswer, first?: Buffer): Promise<string> {
  const chunks: Buffer[] = first ? [first] : []
  for (let chunk = await answer.read(); chunk; chunk = await answer.read()) chunks.push(chunk)
  const text = Buffer.concat(chunks).toString('utf8')
  if (text.trim() === '') throw new Fault({ kind: 'broken', why: 'it is empty' })
  return text
}

async function statusFault(answer: ProviderAnswer): Promise<Fault> {
  const chunks: Buffer[] = []
  let length = 0
  try {
    while (length < ERROR_BODY_BYTES) {
      const chunk = await answer.read()
      if (!chunk) break
      chunks.push(chunk)
      length += chunk.length
    }
  } catch (error) {
    if (!(error instanceof Fault)) throw error // a lost body does not matter: the status says what happened
  }
  answer.close()
  const retryAfter = answer.headers['retry-after']
  return new Fault({ kind: 'status', status: answer.status, body: Buffer.concat(chunks).toString('utf8'), retryAfter })
}

/** The SDKs give plain objects; `Headers` would check and sort them once more. */
function plainRecord(headers: RequestInit['headers']): Readonly<Record<string, string>> {
  if (!headers) return {}
  const isRecord = Object.getPrototypeOf(headers) === Object.prototype
  // `Headers` and lists of pairs have other prototypes.
  return isRecord ? (headers as Record<string, string>) : Object.fromEntries(new Headers(headers))
}
