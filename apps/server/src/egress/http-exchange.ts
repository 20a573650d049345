import http, { type IncomingMessage } from 'node:http'
import https from 'node:https'
import type { LookupFunction } from 'node:net'
import type { Readable } from 'node:stream'
import { createBrotliDecompress, createInflate, createUnzip } from 'node:zlib'
import { AppError } from '@runnel/protocol/errors'

export interface Exchange {
  readonly url: URL
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array | undefined
  readonly lookup: LookupFunction
  /** false: whoever shows any certificate is believed. */
  readonly verifyCertificate?: boolean
  /** Of the answer, unpacked. */
  readonly maxBytes: number
}

/** An answer whose headers have arrived. */
export interface OpenAnswer {
  readonly status: number
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  /**
   * The body as it arrives, unpacked. Whoever stops reading closes the connection.
   * @throws AppError `bad_request` when it is longer than allowed or cut off, or the signal's reason.
   */
  readonly pieces: AsyncIterable<Uint8Array>
  /** Reads no more, for whoever does not want the body at all. */
  close(): void
}

export interface ExchangeAnswer extends Omit<OpenAnswer, 'pieces' | 'close'> {
  readonly body: Uint8Array
}

const agentOptions = { keepAlive: true, maxFreeSockets: 64, timeout: 30_000 } as const
const plainAgent = new http.Agent(agentOptions)
const secureAgent = new https.Agent(agentOptions)

/** What the connection decides, not the caller. */
const OWN_HEADERS =
  /^(host|connection|content-length|transfer-encoding|upgrade|te|trailer|keep-alive|expect|accept-encoding|proxy-.*)$/i

/**
 * Sends one request and reads the whole answer; no redirect is followed.
 * @throws AppError `address_refused` of the look-up, `bad_request` when no whole answer came, or the signal's reason.
 */
export async function exchange(request: Exchange, signal: AbortSignal): Promise<ExchangeAnswer> {
  const { pieces, status, headers } = await openExchange(request, signal)
  return { status, headers, body: Buffer.concat(await Array.fromAsync(pieces)) }
}

/** As `exchange`, with a body that is read while it arrives. */
export async function openExchange(request: Exchange, signal: AbortSignal): Promise<OpenAnswer> {
  signal.throwIfAborted()
  try {
    const response = await send(request, signal)
    return {
      status: response.statusCode ?? 0,
      headers: plainHeaders(response),
      pieces: piecesOf(response, request, signal),
      close: () => void response.destroy(),
    }
  } catch (error) {
    throw failure(error, request, signal)
  }
}

async function* piecesOf(
  response: IncomingMessage,
  request: Exchange,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void> {
  let length = 0
  try {
    for await (const chunk of unpacked(response, request.method)) {
      length += chunk.length
      if (length > request.maxBytes) {
        throw new AppError('bad_request', [`The answer is longer than ${Math.floor(request.maxBytes / 1024)} KB.`])
      }
      yield chunk
    }
  } catch (error) {
    throw failure(error, request, signal)
  } finally {
    if (!response.complete) response.destroy()
  }
}

function failure(error: unknown, { url }: Exchange, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason
  if (error instanceof AppError) return error
  return new AppError('bad_request', [`Could not reach ${url.host}: ${reasonOf(error)}`], { cause: error })
}

function send(
  { url, method, headers, body, lookup, verifyCertificate = true }: Exchange,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const secure = url.protocol === 'https:'
  const own = Object.entries(headers).filter(([name]) => !OWN_HEADERS.test(name))
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
  const outgoing = (secure ? https : http).request(url, {
    method,
    lookup,
    signal,
    agent: secure ? secureAgent : plainAgent,
    ...(secure && !verifyCertificate && { rejectUnauthorized: false }),
    headers: {
      ...Object.fromEntries(own),
      'accept-encoding': 'gzip, deflate, br',
      ...(body !== undefined && { 'content-length': Buffer.byteLength(body) }),
    },
  })
  outgoing.on('response', resolve)
  outgoing.on('error', reject)
  outgoing.end(body)
  return promise
}

function unpacked(response: IncomingMessage, method: string): Readable {
  const encoding = response.headers['content-encoding']?.trim().toLowerCase()
  const isEmpty = method === 'HEAD' || response.statusCode === 204 || response.statusCode === 304
  if (isEmpty || encoding === undefined || encoding === 'identity') return response
  const unpack =
    encoding === 'br'
      ? createBrotliDecompress()
      : encoding === 'deflate'
        ? createInflate()
        : encoding === 'gzip' || encoding === 'x-gzip'
          ? createUnzip()
          : undefined
  if (!unpack) throw new AppError('bad_request', [`The answer is packed as ${encoding}, which was not asked for.`])
  response.on('error', (error) => unpack.destroy(error))
  return response.pipe(unpack)
}

function plainHeaders({ headers }: IncomingMessage): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  )
}

const REASONS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'there is no host of that name',
  EAI_AGAIN: 'its name could not be looked up',
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'the connection was lost',
  ETIMEDOUT: 'it did not answer in time',
}

function reasonOf(error: unknown): string {
  const { code, message } = (error ?? {}) as { readonly code?: unknown; readonly message?: unknown }
  return REASONS[String(code)] ?? (typeof message === 'string' && message !== '' ? message : String(code))
}
