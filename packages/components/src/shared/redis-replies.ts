import { AppError } from '@runnel/protocol/errors'

/** What Redis answers: texts as bytes, as they may be anything. */
export type RedisReply = string | number | null | Uint8Array | readonly (RedisReply | AppError)[]

interface Read {
  readonly reply: RedisReply | AppError
  /** Where the next one begins. */
  readonly end: number
}

const MOST_BYTES = 100 * 1024 * 1024

/**
 * Takes what a server sends as it comes, and tells of each reply once it is whole. `take` throws for what is no reply of
 * Redis, or one too long.
 */
export function createReplyReader(tell: (reply: RedisReply | AppError) => void) {
  let held: Buffer = Buffer.alloc(0)
  return {
    take(bytes: Buffer): void {
      held = held.length === 0 ? bytes : Buffer.concat([held, bytes])
      if (held.length > MOST_BYTES) throw new Error('its answer is too long')
      let at = 0
      for (let read = replyAt(held, at); read; read = replyAt(held, at)) {
        at = read.end
        tell(read.reply)
      }
      held = held.subarray(at)
    },
  }
}

/** The reply that begins there; undefined while it is not whole. */
function replyAt(bytes: Buffer, start: number): Read | undefined {
  const end = bytes.indexOf('\r\n', start)
  if (end === -1) return undefined
  const line = bytes.toString('utf8', start + 1, end)
  const next = end + 2
  switch (String.fromCharCode(bytes[start] ?? 0)) {
    case '+':
      return { reply: line, end: next }
    case '-':
      return { reply: new AppError('bad_request', [`Redis: ${line}`]), end: next }
    case ':':
      return { reply: Number(line), end: next }
    case '$': {
      const length = Number(line)
      if (length < 0) return { reply: null, end: next }
      if (bytes.length < next + length + 2) return undefined
      return { reply: Buffer.from(bytes.subarray(next, next + length)), end: next + length + 2 }
    }
    case '*':
      return Number(line) < 0 ? { reply: null, end: next } : listAt(bytes, next, Number(line))
    default:
      throw new Error('it is no Redis server')
  }
}

function listAt(bytes: Buffer, start: number, length: number): Read | undefined {
  const reply: (RedisReply | AppError)[] = []
  let end = start
  while (reply.length < length) {
    const read = replyAt(bytes, end)
    if (!read) return undefined
    reply.push(read.reply)
    end = read.end
  }
  return { reply, end }
}

/** A reply as text. */
export const textOfReply = (reply: unknown): string =>
  reply instanceof Uint8Array ? Buffer.from(reply).toString('utf8') : String(reply ?? '')

/** A list of names and values, as Redis tells of things, by name. */
export function entriesOfReply(reply: unknown): ReadonlyMap<string, unknown> {
  const list: readonly unknown[] = Array.isArray(reply) ? reply : []
  return new Map(list.flatMap((name, at) => (at % 2 === 0 ? [[textOfReply(name), list[at + 1]] as const] : [])))
}
