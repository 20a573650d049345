import { validateHeaderName, validateHeaderValue } from 'node:http'
import { AppError } from '@runnel/protocol/errors'
import { guardedLookup } from './address-guard.ts'
import { type Connection, connect } from './connections.ts'
import { Fault, type FaultReason } from './fault.ts'
import { closeResponse, createResponseReader, type ResponseHeaders, readResponse } from './http-response.ts'
import type { ModelLimits } from './limits.ts'
import { createWatch } from './watch.ts'

export interface ProviderRequest {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** POST unless given. */
  readonly method?: 'GET' | 'POST'
}

/** An answer whose headers have arrived. */
export interface ProviderAnswer {
  readonly status: number
  readonly headers: ResponseHeaders
  /** The next piece of the body; undefined at its end. @throws Fault, or the signal's reason. */
  read(): Promise<Buffer | undefined>
  /** Hands on what has come and what comes, in the place of `read`. */
  follow(follower: AnswerFollower): void
  /** Goes on after a follower has had enough. */
  resume(): void
  /** Reads no more. `politely` lets the last bytes of a finished answer come, so that the connection can be used again. */
  close(politely?: boolean): void
}

/** Takes an answer while it arrives: a token costs no turn of the promise queue. */
export interface AnswerFollower {
  /** False when that is enough until `resume`. Some of these bytes, which are valid until the call returns. */
  take(bytes: Buffer, from: number, to: number): boolean
  /** Nothing more comes, because of this Fault or the signal's reason unless the answer is whole; not told after `close`. */
  end(failure: unknown): void
}

/** The body is read ahead of its reader by about this much, then the socket waits. */
export const AHEAD_BYTES = 64 * 1024
/** How long the last bytes of a finished answer are waited for. */
const POLITE_MS = 1_000
/** How long an idle connection is kept, unless its server keeps it for less, and how much earlier than that we leave. */
const IDLE_MS = 60_000
const MARGIN_MS = 1_000

/**
 * Sends one request to a provider and waits for the headers of the answer; no redirect is followed and nothing is
 * retried. HTTP/1.1 on the connection itself: Node's own client costs as much for each token as all the rest.
 * @throws Fault, AppError `address_refused`, or the signal's reason; the connection is closed then.
 */
export async function exchange(
  request: ProviderRequest,
  limits: ModelLimits,
  signal: AbortSignal,
): Promise<ProviderAnswer> {
  signal.throwIfAborted()
  const url = new URL(request.url)
  const head = headOf(url, request)
  const answered = Promise.withResolvers<ProviderAnswer>()
  const chunks: Buffer[] = []
  let aheadBytes = 0
  let receivedBytes = 0
  let isPaused = false
  let isFlowing = false
  let lastPieceAt = 0
  let isComplete = false
  let ended = false
  let failure: unknown
  let waiting: PromiseWithResolvers<Buffer | undefined> | undefined
  let follower: AnswerFollower | undefined
  let idleMs = IDLE_MS

  const settle = (): void => {
    ended = true
    watch.stop()
    signal.removeEventListener('abort', abort)
    if (failure === undefined) waiting?.resolve(undefined)
    else waiting?.reject(failure)
    waiting = undefined
    follower?.end(failure)
    follower = undefined
  }
  const fail = (error: unknown): void => {
    if (ended) return
    failure = error
    settle()
    answered.reject(error)
    connection.destroy()
  }
  const abort = (): void => {
    chunks.length = 0
    fail(signal.reason)
  }
  const watch = createWatch(
    (phase: Extract<FaultReason, { kind: 'timeout' }>['phase'], afterMs) =>
      fail(new Fault({ kind: 'timeout', phase, afterMs })),
    () => lastPieceAt,
  )
  /** The next piece may take its time, and each after it, as long as nobody has had enough. */
  const flow = (): void => {
    isFlowing = true
    watch.within('idle', limits.idleMs)
  }
  const take = (bytes: Buffer, from: number, to: number): void => {
    receivedBytes += to - from
    if (receivedBytes > limits.answerBytes)
      throw new Fault({ kind: 'limit', what: 'answer', bytes: limits.answerBytes })
    const hasRoom = follower ? follower.take(bytes, from, to) : keep(Buffer.from(bytes.subarray(from, to)))
    if (ended) return
    lastPieceAt = performance.now()
    if (!hasRoom) pause()
    else if (!isFlowing) flow()
  }
  const keep = (chunk: Buffer): boolean => {
    if (waiting) {
      waiting.resolve(chunk)
      waiting = undefined
    } else {
      chunks.push(chunk)
      aheadBytes += chunk.length
    }
    return aheadBytes <= AHEAD_BYTES
  }
  // Whoever reads is behind: silence is ours now, not the provider's.
  const pause = (): void => {
    isPaused = true
    isFlowing = false
    connection.pause()
    watch.stop()
  }
  const resume = (): void => {
    if (!isPaused || ended) return
    isPaused = false
    flow()
    connection.resume()
  }
  const follow = (next: AnswerFollower): void => {
    follower = next
    let hasRoom = true
    for (const chunk of chunks.splice(0)) hasRoom = follower?.take(chunk, 0, chunk.length) ?? false
    aheadBytes = 0
    if (hasRoom) resume()
    if (ended) follower?.end(failure)
  }
  const reader = createResponseReader({
    head(status, headers) {
      idleMs = idleTime(headers)
      answered.resolve({ status, headers, read, follow, resume, close })
    },
    body(bytes, from, to) {
      if (!ended) take(bytes, from, to)
    },
    end(isReusable) {
      isComplete = true
      if (!ended) settle()
      watch.stop()
      if (isReusable && idleMs > 0) connection.keep(idleMs)
      else connection.destroy()
    },
  })
  // Not an async function: that would cost every token two more turns of the promise queue.
  const read = (): Promise<Buffer | undefined> => {
    const chunk = chunks.shift()
    if (chunk) {
      aheadBytes -= chunk.length
      if (aheadBytes <= AHEAD_BYTES / 2) resume()
      return Promise.resolve(chunk)
    }
    if (failure !== undefined) return Promise.reject(failure)
    if (ended) return Promise.resolve(undefined)
    waiting = Promise.withResolvers()
    return waiting.promise
  }
  const close = (politely = false): void => {
    chunks.length = 0
    follower = undefined
    if (ended) return
    settle()
    if (politely) {
      watch.within('idle', POLITE_MS)
      if (isPaused) connection.resume()
    } else connection.destroy()
  }

  const connection: Connection = connect(url, guardedLookup(url), {
    connected: () => watch.within('first byte', limits.firstByteMs),
    data(bytes, to) {
      try {
        readResponse(reader, bytes, to)
      } catch (error) {
        if (ended) connection.destroy()
        else fail(error)
      }
    },
    closed(error) {
      if (error === undefined) closeResponse(reader)
      if (isComplete) return
      watch.stop()
      fail(error instanceof AppError ? error : new Fault({ kind: 'connection', code: codeOf(error) }, { cause: error }))
    },
  })
  if (connection.isKept) watch.within('first byte', limits.firstByteMs)
  else watch.within('connect', limits.connectMs)
  signal.addEventListener('abort', abort, { once: true })
  connection.write(head, request.body)
  return answered.promise
}

function codeOf(error: unknown): string {
  // Node's system errors carry a code; several addresses tried are one AggregateError.
  const { code } = (error ?? {}) as { readonly code?: unknown }
  return typeof code === 'string' ? code : 'closed'
}

/** What the connection decides, not the caller. */
const OWN_HEADERS = new Set([
  'connection',
  'content-length',
  'expect',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

function headOf(url: URL, { method = 'POST', headers, body }: ProviderRequest): string {
  let lines = ''
  let host = `host: ${url.host}\r\n`
  let login =
    url.username === ''
      ? ''
      : `authorization: Basic ${Buffer.from(decodeURIComponent(`${url.username}:${url.password}`)).toString('base64')}\r\n`
  for (const [name, value] of Object.entries(headers)) {
    validateHeaderName(name)
    validateHeaderValue(name, value)
    const lower = name.toLowerCase()
    if (OWN_HEADERS.has(lower)) continue
    if (lower === 'host') host = ''
    if (lower === 'authorization') login = ''
    lines += `${name}: ${value}\r\n`
  }
  const length = `content-length: ${Buffer.byteLength(body)}\r\n`
  return `${method} ${url.pathname}${url.search} HTTP/1.1\r\n${host}${login}${lines}${length}connection: keep-alive\r\n\r\n`
}

/** How long the connection of an answer may be kept for another request, in milliseconds. */
function idleTime(headers: ResponseHeaders): number {
  const seconds = /\btimeout=(\d+)/i.exec(headers['keep-alive'] ?? '')?.[1]
  return seconds === undefined ? IDLE_MS : Math.min(IDLE_MS, Number(seconds) * 1000 - MARGIN_MS)
}
