import { isIP, type LookupFunction, connect as netConnect, type Socket } from 'node:net'
import { connect as tlsConnect } from 'node:tls'

/** Whoever a connection works for at the moment. */
export interface ConnectionUser {
  /** It stands; not told for one that was kept. */
  connected(): void
  /** The bytes before `to`; they are valid until the call returns. */
  data(bytes: Buffer, to: number): void
  /** It is gone: with an error, or because the other side has ended it. */
  closed(error: unknown): void
}

/** A connection to a server, for one request at a time. */
export interface Connection {
  /** It was kept, and stands already. */
  readonly isKept: boolean
  write(head: string, body: string): void
  pause(): void
  resume(): void
  /** Leaves it to the next request to the same origin, which must come within this time, in milliseconds. */
  keep(idleMs: number): void
  /** Closes it; its user hears no more. */
  destroy(): void
}

interface Kept {
  /** Hands it to its next user. */
  use(user: ConnectionUser): Connection
}

/** Idle connections kept for one origin. A busy one has no limit: a thousand streams to one host are a thousand. */
const MOST_IDLE = 1024
const MOST_SESSIONS = 100
const KEEP_ALIVE_MS = 1_000

const idle = new Map<string, Kept[]>()
/** With them a TLS handshake is shorter. */
const sessions = new Map<string, Buffer>()

/** What any connection has read, until the next one reads: whatever is kept of it is copied. */
const buffer = Buffer.allocUnsafeSlow(64 * 1024)

/**
 * A connection to the origin of this address: one that is idle, else a new one, to an address that `lookup` gives.
 * @throws what the look-up throws at once; later errors go to the user.
 */
export function connect(url: URL, lookup: LookupFunction | undefined, user: ConnectionUser): Connection {
  const kept = idle.get(url.origin)?.pop()
  return (kept ?? open(url, lookup)).use(user)
}

function open(url: URL, lookup: LookupFunction | undefined): Kept {
  const { origin } = url
  let user: ConnectionUser | undefined
  let isConnected = false
  let failure: unknown
  // Not the socket's own: that would be looked at with every token.
  let expiry: NodeJS.Timeout | undefined
  const socket = openSocket(url, lookup, (bytes) => {
    // Nobody has asked for anything.
    if (user) user.data(buffer, bytes)
    else socket.destroy()
    return true
  })
  const connection: Connection = {
    isKept: false,
    write(head, body) {
      // Values of headers are Latin-1.
      if (Buffer.byteLength(body) === body.length) socket.write(head + body, 'latin1')
      else socket.write(Buffer.concat([Buffer.from(head, 'latin1'), Buffer.from(body)]))
    },
    pause: () => void socket.pause(),
    resume: () => void socket.resume(),
    keep(idleMs) {
      user = undefined
      const others = idle.get(origin) ?? []
      if (socket.destroyed || socket.writableLength > 0 || others.length >= MOST_IDLE) {
        socket.destroy()
        return
      }
      if (socket.isPaused()) socket.resume()
      idle.set(origin, others)
      others.push(kept)
      socket.unref()
      expiry = setTimeout(() => socket.destroy(), idleMs).unref()
    },
    destroy() {
      user = undefined
      socket.destroy()
    },
  }
  const again: Connection = { ...connection, isKept: true }
  const kept: Kept = {
    use(next) {
      user = next
      if (!isConnected) return connection
      clearTimeout(expiry)
      socket.ref()
      return again
    },
  }
  socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', () => {
    isConnected = true
    user?.connected()
  })
  socket.on('error', (error) => {
    failure = error
  })
  socket.once('close', () => {
    clearTimeout(expiry)
    forget(origin, kept)
    user?.closed(failure)
  })
  return kept
}

function openSocket(url: URL, lookup: LookupFunction | undefined, take: (bytes: number) => true): Socket {
  const secure = url.protocol === 'https:'
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const options = {
    host,
    port: Number(url.port) || (secure ? 443 : 80),
    noDelay: true,
    keepAlive: true,
    keepAliveInitialDelay: KEEP_ALIVE_MS,
    ...(lookup && { lookup }),
    onread: { buffer, callback: take },
  }
  if (!secure) return netConnect(options)
  const session = sessions.get(url.origin)
  const socket = tlsConnect({
    ...options,
    servername: isIP(host) ? '' : host,
    ALPNProtocols: ['http/1.1'],
    ...(session && { session }),
  })
  socket.on('session', (next: Buffer) => {
    sessions.delete(url.origin)
    sessions.set(url.origin, next)
    const oldest = sessions.size > MOST_SESSIONS ? sessions.keys().next().value : undefined
    if (oldest !== undefined) sessions.delete(oldest)
  })
  return socket
}

function forget(origin: string, kept: Kept): void {
  const others = idle.get(origin)
  const index = others?.indexOf(kept) ?? -1
  if (index !== -1) others?.splice(index, 1)
  if (others?.length === 0) idle.delete(origin)
}
