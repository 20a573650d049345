import http, { type IncomingHttpHeaders, type IncomingMessage } from 'node:http'
import https from 'node:https'
import { AppError } from '@runnel/protocol/errors'
import { guardedLookup } from './address-guard.ts'
import { Fault, type FaultReason } from './fault.ts'
import type { ModelLimits } from './limits.ts'

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
  readonly headers: IncomingHttpHeaders
  /** The next piece of the body; undefined at its end. @throws Fault, or the signal's reason. */
  read(): Promise<Buffer | undefined>
  /** Reads no more. `politely` lets the last bytes of a finished answer come, so that the connection can be used again. */
  close(politely?: boolean): void
}

// No limit of connections: a thousand streams to one host are a thousand sockets. Idle ones are kept a minute.
const agentOptions = { keepAlive: true, maxFreeSockets: 1024, timeout: 60_000 } as const
const plainAgent = new http.Agent(agentOptions)
const secureAgent = new https.Agent(agentOptions)

/** The body is read ahead of its reader by about this much, then the socket waits. */
const AHEAD_BYTES = 64 * 1024
const POLITE_MS = 1_000

/**
 * Sends one request to a provider and waits for the headers of the answer; no redirect is followed and nothing is
 * retried. Node's own client and not `fetch`: it knows when a connection stands, and reading costs a third less.
 * @throws Fault, AppError `address_refused`, or the signal's reason; the connection is closed then.
 */
export async function exchange(
  request: ProviderRequest,
  limits: ModelLimits,
  signal: AbortSignal,
): Promise<ProviderAnswer> {
  signal.throwIfAborted()
  const url = new URL(request.url)
  const secure = url.protocol === 'https:'
  const lookup = guardedLookup(url)
  const answered = Promise.withResolvers<ProviderAnswer>()
  const chunks: Buffer[] = []
  let aheadBytes = 0
  let receivedBytes = 0
  let incoming: IncomingMessage | undefined
  let ended = false
  let failure: unknown
  let waiting: PromiseWithResolvers<Buffer | undefined> | undefined
  let timer: NodeJS.Timeout | undefined
  let idle = false

  const outgoing = (secure ? https : http).request(url, {
    method: request.method ?? 'POST',
    agent: secure ? secureAgent : plainAgent,
    ...(lookup && { lookup }),
    headers: { ...request.headers, 'content-length': Buffer.byteLength(request.body) },
  })

  const settle = (): void => {
    ended = true
    clearTimeout(timer)
    signal.removeEventListener('abort', abort)
    if (failure === undefined) waiting?.resolve(undefined)
    else waiting?.reject(failure)
    waiting = undefined
  }
  const fail = (error: unknown): void => {
    if (ended) return
    failure = error
    settle()
    answered.reject(error)
    outgoing.destroy()
  }
  const abort = (): void => {
    chunks.length = 0
    fail(signal.reason)
  }
  const lose = (error: unknown): void => {
    // Every answer ends with a `close`: only one that comes too early is worth an error and its stack.
    if (ended) return
    fail(error instanceof AppError ? error : new Fault({ kind: 'connection', code: codeOf(error) }, { cause: error }))
  }
  const within = (phase: Extract<FaultReason, { kind: 'timeout' }>['phase'], afterMs: number): void => {
    clearTimeout(timer)
    timer = setTimeout(() => fail(new Fault({ kind: 'timeout', phase, afterMs })), afterMs)
  }
  const take = (chunk: Buffer): void => {
    if (ended) return
    receivedBytes += chunk.length
    if (receivedBytes > limits.answerBytes) {
      fail(new Fault({ kind: 'limit', what: 'answer', bytes: limits.answerBytes }))
      return
    }
    if (waiting) {
      // A token goes straight to its reader.
      waiting.resolve(chunk)
      waiting = undefined
    } else {
      chunks.push(chunk)
      aheadBytes += chunk.length
    }
    if (aheadBytes > AHEAD_BYTES) {
      // Whoever reads is behind: silence is ours now, not the provider's.
      incoming?.pause()
      clearTimeout(timer)
      idle = false
    } else if (idle) {
      timer?.refresh()
    } else {
      idle = true
      within('idle', limits.idleMs)
    }
  }
  // Not an async function: that would cost every token two more turns of the promise queue.
  const read = (): Promise<Buffer | undefined> => {
    const chunk = chunks.shift()
    if (chunk) {
      aheadBytes -= chunk.length
      if (!ended && incoming?.isPaused() && aheadBytes <= AHEAD_BYTES / 2) {
        idle = true
        within('idle', limits.idleMs)
        incoming.resume()
      }
      return Promise.resolve(chunk)
    }
    if (failure !== undefined) return Promise.reject(failure)
    if (ended) return Promise.resolve(undefined)
    waiting = Promise.withResolvers()
    return waiting.promise
  }
  const close = (politely = false): void => {
    chunks.length = 0
    if (ended) return
    settle()
    if (!politely || !incoming) {
      outgoing.destroy()
      return
    }
    const impatient = setTimeout(() => outgoing.destroy(), POLITE_MS)
    incoming.once('close', () => clearTimeout(impatient))
    incoming.resume()
  }

  signal.addEventListener('abort', abort, { once: true })
  within('connect', limits.connectMs)
  outgoing.on('error', lose)
  outgoing.on('socket', (socket) => {
    const connected = (): void => within('first byte', limits.firstByteMs)
    if (socket.connecting) socket.once(secure ? 'secureConnect' : 'connect', connected)
    else connected()
  })
  outgoing.on('response', (response) => {
    incoming = response
    response.on('data', take)
    response.on('end', () => {
      if (!ended) settle()
    })
    response.on('error', lose)
    response.on('close', () => lose(undefined))
    answered.resolve({ status: response.statusCode ?? 0, headers: response.headers, read, close })
  })
  outgoing.end(request.body)
  return answered.promise
}

function codeOf(error: unknown): string {
  // Node's system errors carry a code; several addresses tried are one AggregateError.
  const { code } = (error ?? {}) as { readonly code?: unknown }
  return typeof code === 'string' ? code : 'closed'
}
