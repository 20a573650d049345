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
  /** Of the answer, unpacked. */
  readonly maxBytes: number
}

export interface ExchangeAnswer {
  readonly status: number
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>
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
  signal.throwIfAborted()
  try {
    const response = await send(request, signal)
    const body = await readAll(response, request.maxBytes, request.method)
    return { status: response.statusCode ?? 0, headers: plainHeaders(response), body }
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof AppError) throw error
    throw new AppError('bad_request', [`Could not reach ${request.url.host}: ${reasonOf(error)}`], { cause: error })
  }
}

function send({ url, method, headers, body, lookup }: Exchange, signal: AbortSignal): Promise<IncomingMessage> {
  const secure = url.protocol === 'https:'
  const own = Object.entries(headers).filter(([name]) => !OWN_HEADERS.test(name))
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
  const outgoing = (secure ? https : http).request(url, {
    method,
    lookup,
    signal,
    agent: secure ? secureAgent : plainAgent,
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

async function readAll(response: IncomingMessage, maxBytes: number, method: string): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  let length = 0
  try {
    for await (const chunk of unpacked(response, method)) {
      chunks.push(chunk)
      length += chunk.length
      if (length > maxBytes) {
        throw new AppError('bad_request', [`The answer is longer than ${Math.floor(maxBytes / 1024)} KB.`])
      }
    }
    return Buffer.concat(chunks)
  } finally {
    if (!response.complete) response.destroy()
  }
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
