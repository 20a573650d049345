import { validateHeaderName, validateHeaderValue } from 'node:http'
import { AppError } from '@runnel/protocol/errors'
import { guardedLookup } from './address-guard.ts'
import { type Connection, type ConnectionUser, connect } from './connections.ts'
import { Fault, type FaultReason } from './fault.ts'
import {
  closeResponse,
  createResponseReader,
  type ResponseEvents,
  type ResponseHeaders,
  readResponse,
} from './http-response.ts'
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
  return new Exchange(limits, signal).ask(new URL(request.url), request)
}

/**
 * One object for all that hears of the connection and answers its reader, and no closures: each would be another place in
 * memory to look at for every token of every stream, and none of them is in the processor's caches by then.
 */
class Exchange implements ConnectionUser, ResponseEvents, ProviderAnswer {
  private readonly reader = createResponseReader(this)
  private receivedBytes = 0
  private follower: AnswerFollower | undefined
  private ended = false
  private isFlowing = false
  private lastPieceAt = 0
  private readonly limits: ModelLimits
  private isPaused = false
  private isComplete = false
  private aheadBytes = 0
  private readonly chunks: Buffer[] = []
  private waiting: PromiseWithResolvers<Buffer | undefined> | undefined
  private failure: unknown
  private idleMs = IDLE_MS
  private connection: Connection | undefined
  private readonly signal: AbortSignal
  private readonly answered = Promise.withResolvers<ProviderAnswer>()
  private readonly abort = (): void => {
    this.chunks.length = 0
    this.fail(this.signal.reason)
  }
  private readonly watch = createWatch(
    (phase: Extract<FaultReason, { kind: 'timeout' }>['phase'], afterMs) =>
      this.fail(new Fault({ kind: 'timeout', phase, afterMs })),
    () => this.lastPieceAt,
  )
  status = 0
  headers: ResponseHeaders = {}

  constructor(limits: ModelLimits, signal: AbortSignal) {
    this.limits = limits
    this.signal = signal
  }

  /** Sends the request, once. */
  ask(url: URL, request: ProviderRequest): Promise<ProviderAnswer> {
    const head = headOf(url, request)
    const connection = connect(url, guardedLookup(url), this)
    this.connection = connection
    if (connection.isKept) this.connected()
    else this.watch.within('connect', this.limits.connectMs)
    this.signal.addEventListener('abort', this.abort, { once: true })
    connection.write(head, request.body)
    return this.answered.promise
  }

  connected(): void {
    this.watch.within('first byte', this.limits.firstByteMs)
  }

  data(bytes: Buffer, to: number): void {
    try {
      readResponse(this.reader, bytes, to)
    } catch (error) {
      if (this.ended) this.connection?.destroy()
      else this.fail(error)
    }
  }

  closed(error: unknown): void {
    if (error === undefined) closeResponse(this.reader)
    if (this.isComplete) return
    this.watch.stop()
    this.fail(
      error instanceof AppError ? error : new Fault({ kind: 'connection', code: codeOf(error) }, { cause: error }),
    )
  }

  head(status: number, headers: ResponseHeaders): void {
    this.idleMs = idleTime(headers)
    this.status = status
    this.headers = headers
    this.answered.resolve(this)
  }

  body(bytes: Buffer, from: number, to: number): void {
    if (this.ended) return
    this.receivedBytes += to - from
    const { answerBytes } = this.limits
    if (this.receivedBytes > answerBytes) throw new Fault({ kind: 'limit', what: 'answer', bytes: answerBytes })
    const { follower } = this
    const hasRoom = follower ? follower.take(bytes, from, to) : this.hold(Buffer.from(bytes.subarray(from, to)))
    // What was taken may have ended it.
    if (this.hasEnded()) return
    this.lastPieceAt = performance.now()
    if (!hasRoom) this.pause()
    else if (!this.isFlowing) this.flow()
  }

  end(isReusable: boolean): void {
    this.isComplete = true
    if (!this.ended) this.settle()
    this.watch.stop()
    if (isReusable && this.idleMs > 0) this.connection?.keep(this.idleMs)
    else this.connection?.destroy()
  }

  // Not an async function: that would cost every token two more turns of the promise queue.
  read(): Promise<Buffer | undefined> {
    const chunk = this.chunks.shift()
    if (chunk) {
      this.aheadBytes -= chunk.length
      if (this.aheadBytes <= AHEAD_BYTES / 2) this.resume()
      return Promise.resolve(chunk)
    }
    if (this.failure !== undefined) return Promise.reject(this.failure)
    if (this.ended) return Promise.resolve(undefined)
    this.waiting = Promise.withResolvers()
    return this.waiting.promise
  }

  follow(follower: AnswerFollower): void {
    this.follower = follower
    let hasRoom = true
    for (const chunk of this.chunks.splice(0)) hasRoom = this.follower?.take(chunk, 0, chunk.length) ?? false
    this.aheadBytes = 0
    if (hasRoom) this.resume()
    if (this.ended) this.follower?.end(this.failure)
  }

  resume(): void {
    if (!this.isPaused || this.ended) return
    this.isPaused = false
    this.flow()
    this.connection?.resume()
  }

  close(politely = false): void {
    this.chunks.length = 0
    this.follower = undefined
    if (this.ended) return
    this.settle()
    if (politely) {
      this.watch.within('idle', POLITE_MS)
      if (this.isPaused) this.connection?.resume()
    } else this.connection?.destroy()
  }

  private hasEnded(): boolean {
    return this.ended
  }

  /** For whoever reads. @returns whether there is room for more */
  private hold(chunk: Buffer): boolean {
    if (this.waiting) {
      this.waiting.resolve(chunk)
      this.waiting = undefined
    } else {
      this.chunks.push(chunk)
      this.aheadBytes += chunk.length
    }
    return this.aheadBytes <= AHEAD_BYTES
  }

  /** The next piece may take its time, and each after it, as long as nobody has had enough. */
  private flow(): void {
    this.isFlowing = true
    this.watch.within('idle', this.limits.idleMs)
  }

  // Whoever reads is behind: silence is ours now, not the provider's.
  private pause(): void {
    this.isPaused = true
    this.isFlowing = false
    this.connection?.pause()
    this.watch.stop()
  }

  private settle(): void {
    const { failure, waiting, follower } = this
    this.ended = true
    this.watch.stop()
    this.signal.removeEventListener('abort', this.abort)
    if (failure === undefined) waiting?.resolve(undefined)
    else waiting?.reject(failure)
    this.waiting = undefined
    follower?.end(failure)
    this.follower = undefined
  }

  private fail(error: unknown): void {
    if (this.ended) return
    this.failure = error
    this.settle()
    this.answered.reject(error)
    this.connection?.destroy()
  }
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
