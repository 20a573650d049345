import { connect } from 'node:net'
import { connect as connectEncrypted } from 'node:tls'
import { AppError, messageOf } from '@runnel/protocol/errors'
import type { RunContext } from '@runnel/sdk'
import { createReplyReader, type RedisReply } from './redis-replies.ts'

/** A connection to a Redis server. */
export interface RedisConnection {
  /** The answers to commands, in their order; those that failed are AppErrors. */
  send(commands: readonly RedisCommand[]): Promise<readonly (RedisReply | AppError)[]>
  /** The answer to one command. @throws AppError `bad_request` with what Redis says */
  ask(...command: RedisCommand): Promise<RedisReply>
}
export type RedisCommand = readonly (string | Uint8Array)[]

const TIMEOUT_MS = 30_000

/**
 * Does a piece of work with a connection to the server of a `redis://` or `rediss://` address, which is closed after it.
 * @throws AppError `invalid_field` for what is no such address, `address_refused`, `bad_request` when the server does not
 * answer or let us in; what the work throws.
 */
export async function withRedis<Value>(
  address: string,
  { sockets, signal }: Pick<RunContext, 'sockets' | 'signal'>,
  work: (redis: RedisConnection) => Promise<Value>,
): Promise<Value> {
  const url = URL.parse(address.trim())
  if (!url || !/^rediss?:$/.test(url.protocol) || url.hostname === '') {
    throw new AppError('invalid_field', [
      'The address of the Redis server is none. Write redis://USER:PASSWORD@HOST:6379',
    ])
  }
  signal.throwIfAborted()
  return sockets.guarded(async () => {
    const redis = opened(url)
    const stop = () => redis.close(signal.reason)
    signal.addEventListener('abort', stop, { once: true })
    try {
      const password = decodeURIComponent(url.password)
      const user = decodeURIComponent(url.username)
      if (password !== '') await redis.ask('AUTH', ...(user === '' ? [] : [user]), password)
      const database = url.pathname.slice(1)
      if (database !== '') await redis.ask('SELECT', database)
      return await work(redis)
    } catch (error) {
      signal.throwIfAborted()
      throw error
    } finally {
      signal.removeEventListener('abort', stop)
      redis.close()
    }
  })
}

function opened(url: URL): RedisConnection & { close(reason?: unknown): void } {
  const secure = url.protocol === 'rediss:'
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const to = { host, port: Number(url.port || 6379) }
  const socket = secure ? connectEncrypted({ ...to, servername: host }) : connect(to)
  const waiting: { resolve(reply: RedisReply | AppError): void; reject(error: unknown): void }[] = []
  let broken: unknown
  const fail = (error: unknown) => {
    broken ??= error instanceof AppError ? error : unreachable(error)
    for (const { reject } of waiting.splice(0)) reject(broken)
  }
  const reader = createReplyReader((reply) => waiting.shift()?.resolve(reply))
  socket.setTimeout(TIMEOUT_MS, () => socket.destroy(new Error('it did not answer in time')))
  socket.on('error', fail)
  socket.on('close', () => fail(new Error('it closed the connection')))
  socket.on('data', (bytes: Buffer) => {
    try {
      reader.take(bytes)
    } catch (error) {
      socket.destroy(new Error(messageOf(error)))
    }
  })
  const connection: RedisConnection = {
    send(commands) {
      if (broken !== undefined) return Promise.reject(broken)
      const replies = commands.map(
        () => new Promise<RedisReply | AppError>((resolve, reject) => waiting.push({ resolve, reject })),
      )
      socket.write(Buffer.concat(commands.map(encoded)))
      return Promise.all(replies)
    },
    async ask(...command) {
      const [reply = null] = await connection.send([command])
      if (reply instanceof AppError) throw reply
      return reply
    },
  }
  return {
    ...connection,
    close(reason) {
      if (reason !== undefined) fail(reason)
      socket.destroy()
    },
  }
}

const unreachable = (cause: unknown): AppError =>
  new AppError('bad_request', [`Could not reach the Redis server: ${messageOf(cause)}`], { cause })

function encoded(command: RedisCommand): Buffer {
  const parts = command.map((part) => Buffer.from(part))
  return Buffer.concat([
    Buffer.from(`*${parts.length}\r\n`),
    ...parts.flatMap((part) => [Buffer.from(`$${part.length}\r\n`), part, Buffer.from('\r\n')]),
  ])
}
