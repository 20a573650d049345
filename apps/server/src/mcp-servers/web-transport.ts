import { createEventReader, readEvents } from '@runnel/models/event-stream'
import type { JsonObject } from '@runnel/protocol/json'
import type { HttpClient } from '../egress/http-client.ts'
import type { OpenAnswer } from '../egress/http-exchange.ts'
import { type McpReceiver, type McpTransport, MESSAGE_BYTES, mcpFailure, messagesIn } from './mcp-transport.ts'

/** Where an MCP server is reached, and what it wants to see with every request. */
export interface McpAddress {
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  /** false: whoever shows any certificate is believed. */
  readonly verifyCertificate?: boolean
}

/** A server of before 2025 answers so to a POST at the address where its stream is opened. */
const OLDER = new Set([400, 404, 405])
/** All that may come in one session. */
const STREAM_BYTES = 100 * 1024 * 1024
const JSON_TYPE = 'application/json'
const EVENTS_TYPE = 'text/event-stream'

/** An answer that says the address is not one of streamable HTTP. */
export class OlderServer extends Error {}
/** The server knows the session no more, and has done nothing of what it was asked. */
export class ForgottenSession extends Error {}

/** Streamable HTTP: a POST for each message, answered by one JSON document or a stream of events. */
export function openStreamable(
  http: HttpClient,
  { url, headers, verifyCertificate }: McpAddress,
  receiver: McpReceiver,
): McpTransport {
  let session: string | undefined
  let version: string | undefined
  const own = () => ({
    ...headers,
    ...(session !== undefined && { 'mcp-session-id': session }),
    ...(version !== undefined && { 'mcp-protocol-version': version }),
  })
  const options = { ...(verifyCertificate === false && { verifyCertificate }), maxBytes: MESSAGE_BYTES }

  return {
    mode: 'streamable_http',
    async send(message, signal) {
      const types = { accept: `${JSON_TYPE}, ${EVENTS_TYPE}`, 'content-type': JSON_TYPE }
      const request = { ...options, method: 'POST', headers: { ...own(), ...types }, body: JSON.stringify(message) }
      const answer = await http.open(url, request, signal)
      if (answer.status < 200 || answer.status >= 300) {
        answer.close()
        if (OLDER.has(answer.status) && message.method === 'initialize') throw new OlderServer()
        if (answer.status === 404 && session !== undefined) throw new ForgottenSession()
        throw mcpFailure(`it answered ${answer.status}`)
      }
      session = answer.headers['mcp-session-id'] ?? session
      const wanted = message.method === undefined ? undefined : message.id
      if (wanted === undefined) {
        await Array.fromAsync(answer.pieces)
        return
      }
      for await (const text of textsOf(answer)) {
        const found = messagesIn(text)
        for (const one of found) receiver.message(one)
        if (found.some(({ id, method }) => id === wanted && method === undefined)) return
      }
      throw mcpFailure('what answers there is no MCP server')
    },
    agree(agreed) {
      version = agreed
    },
    async close() {
      if (session === undefined) return
      // Good manners only: the server forgets the session by itself as well.
      await http.fetch(url, { method: 'DELETE', headers: own(), timeoutMs: 2000 }, never).catch(() => undefined)
    },
  }
}

const never = new AbortController().signal

/** HTTP with SSE, as before 2025: one stream for all that comes, and an address it names for what is sent. */
export async function openSse(
  http: HttpClient,
  { url, headers, verifyCertificate }: McpAddress,
  receiver: McpReceiver,
  signal: AbortSignal,
): Promise<McpTransport> {
  const options = { ...(verifyCertificate === false && { verifyCertificate }) }
  const stop = new AbortController()
  const give = () => stop.abort(signal.reason)
  signal.addEventListener('abort', give, { once: true })
  const request = { ...options, headers: { ...headers, accept: EVENTS_TYPE }, maxBytes: STREAM_BYTES }
  const stream = await http.open(url, request, stop.signal)
  if (stream.status !== 200 || !isEvents(stream)) {
    stream.close()
    throw mcpFailure(stream.status === 200 ? 'what answers there is no MCP server' : `it answered ${stream.status}`)
  }
  const endpoint = Promise.withResolvers<string>()
  // Read on for as long as the session lasts; its end is told to the receiver and to who waits for the address.
  const read = async () => {
    try {
      for await (const text of textsOf(stream)) {
        if (!text.startsWith('{')) endpoint.resolve(text)
        else for (const message of messagesIn(text)) receiver.message(message)
      }
      throw mcpFailure('the connection was closed')
    } catch (error) {
      const why = mcpFailure('The MCP server has closed the connection.', error)
      receiver.closed(why)
      endpoint.reject(why)
    }
  }
  void read()
  const target = sameOrigin(await endpoint.promise, url)
  // The stream stays open longer than whoever opened it waits.
  signal.removeEventListener('abort', give)

  return {
    mode: 'sse',
    async send(message: JsonObject, sending) {
      const body = JSON.stringify(message)
      const post = { ...options, method: 'POST', headers: { ...headers, 'content-type': JSON_TYPE }, body }
      const answer = await http.open(target, post, sending)
      answer.close()
      if (answer.status < 200 || answer.status >= 300) throw mcpFailure(`it answered ${answer.status}`)
    },
    agree: () => undefined,
    async close() {
      stop.abort()
    },
  }
}

/** The credentials of a server are not taken elsewhere because it says so. */
function sameOrigin(address: string, base: string): string {
  const target = URL.parse(address, base)
  if (target?.origin === URL.parse(base)?.origin && target) return target.href
  throw mcpFailure('it names an address of another server')
}

const isEvents = ({ headers }: Pick<OpenAnswer, 'headers'>): boolean =>
  (headers['content-type'] ?? '').toLowerCase().startsWith(EVENTS_TYPE)

/** The texts an answer is made of: the data of each event, or the document. */
async function* textsOf(answer: OpenAnswer): AsyncGenerator<string, void> {
  if (!isEvents(answer)) {
    yield Buffer.concat(await Array.fromAsync(answer.pieces)).toString('utf8')
    return
  }
  const events = createEventReader({ lineBytes: MESSAGE_BYTES })
  for await (const piece of answer.pieces) yield* readEvents(events, piece)
}
