import type { EventEmitter } from 'node:events'
import { Socket } from 'node:net'
import type { FastifyReply } from 'fastify'
import { atEndOfTurn } from './end-of-turn.ts'

type Raw = FastifyReply['raw']

/** Whoever writes on and on without a pause must come to feel that the client does not take it. In characters. */
const MOST_HELD = 16_384

/** The line before a chunk of so many bytes. */
const sizeLine = (bytes: number): string => `${bytes.toString(16)}\r\n`
/** Of the chunks that tokens are. */
const SIZES: readonly string[] = Array.from({ length: 512 }, (_, bytes) => sizeLine(bytes))

/** Sends the body of one answer in pieces. */
export interface ChunkedWriter {
  /** One chunk; a promise while the client has not taken what was written before. */
  write(piece: string): Promise<void> | undefined
  end(): void
}

/**
 * A writer for an answer whose head has been written. Node sends each chunk as three buffers through two streams; for
 * answers that are thousands of short chunks it is worth writing the same bytes to the connection itself.
 * Answers that wait behind another one, are not chunked, or have no real connection go the ordinary way.
 * `isAscii`: whoever writes knows that all pieces are, and their bytes need no counting.
 */
export function createChunkedWriter(raw: Raw, { isAscii = false } = {}): ChunkedWriter {
  raw.flushHeaders()
  if (raw.chunkedEncoding && raw.socket instanceof Socket) return createSocketWriter(raw, raw.socket, isAscii)
  return {
    write(piece) {
      if (raw.destroyed) return undefined
      return raw.write(piece) || raw.destroyed ? undefined : drained(raw, raw)
    },
    end: () => void raw.end(),
  }
}

/**
 * Holds the chunks back until all that came in has been read: those of one answer then go in one write, and those of
 * many answers one right after the other, which wakes whoever receives them once and not for each.
 */
function createSocketWriter(raw: Raw, socket: Socket, isAscii: boolean): ChunkedWriter {
  let held = ''
  let isLatin = true
  let isFull = false
  const flush = () => {
    if (held === '') return
    if (!raw.destroyed) isFull = !socket.write(held, isLatin ? 'latin1' : 'utf8')
    held = ''
    isLatin = true
  }
  return {
    write(piece) {
      const bytes = isAscii ? piece.length : Buffer.byteLength(piece)
      if (bytes !== piece.length) isLatin = false
      if (held === '') atEndOfTurn(flush)
      held += `${SIZES[bytes] ?? sizeLine(bytes)}${piece}\r\n`
      if (held.length > MOST_HELD) flush()
      if (!isFull) return undefined
      isFull = socket.writableNeedDrain && !raw.destroyed
      return isFull ? drained(socket, raw) : undefined
    },
    end() {
      flush()
      raw.end()
    },
  }
}

/** Resolves when the client has taken what was written, or has left. */
function drained(stream: EventEmitter, raw: Raw): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      stream.off('drain', done)
      raw.off('close', done)
      resolve()
    }
    stream.on('drain', done)
    raw.on('close', done)
  })
}
