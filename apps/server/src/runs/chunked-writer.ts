import type { EventEmitter } from 'node:events'
import { Socket } from 'node:net'
import type { FastifyReply } from 'fastify'
import { atEndOfTurn, type EndsTurn } from './end-of-turn.ts'

type Raw = FastifyReply['raw']

/** Whoever writes on and on without a pause must come to feel that the client does not take it. In characters. */
const MOST_HELD = 16_384

/** The line before a chunk of so many bytes. */
const sizeLine = (bytes: number): string => `${bytes.toString(16)}\r\n`
/** Of the chunks that tokens are. */
const SIZES: readonly string[] = Array.from({ length: 512 }, (_, bytes) => sizeLine(bytes))

/**
 * Sends the body of one answer, whose head has been written, in pieces. Node sends each chunk as three buffers through two
 * streams; for answers that are thousands of short chunks it is worth writing the same bytes to the connection itself.
 * Answers that wait behind another one, are not chunked, or have no real connection go the ordinary way.
 * One object with what a token looks at, and no closures.
 */
export class ChunkedWriter implements EndsTurn {
  /** The connection, where the bytes may go to it directly. */
  private readonly socket: Socket | undefined
  /** The chunks that wait for the end of the turn. */
  private held = ''
  private isLatin = true
  /** The connection had enough when it was last written to. */
  private isFull = false
  private readonly isAscii: boolean
  private readonly raw: Raw

  /** With `isAscii` whoever writes knows that all pieces are, and their bytes need no counting. */
  constructor(raw: Raw, { isAscii = false } = {}) {
    const connection = raw.socket
    connection?.cork()
    raw.flushHeaders()
    this.raw = raw
    this.isAscii = isAscii
    this.socket = raw.chunkedEncoding && connection instanceof Socket ? connection : undefined
    // The head goes in one write with the chunks of this turn.
    atEndOfTurn({
      endTurn: () => {
        this.endTurn()
        connection?.uncork()
      },
    })
  }

  /**
   * Adds one chunk; a promise while the client has not taken what was written before. Chunks are held back until all that
   * came in has been read: those of one answer then go in one write, and those of many answers one right after the other,
   * which wakes whoever receives them once and not for each.
   */
  write(piece: string): Promise<void> | undefined {
    const { socket, held } = this
    if (!socket) return writeOrdinary(this.raw, piece)
    const bytes = this.isAscii ? piece.length : Buffer.byteLength(piece)
    if (bytes !== piece.length) this.isLatin = false
    if (held === '') atEndOfTurn(this)
    this.held = `${held}${SIZES[bytes] ?? sizeLine(bytes)}${piece}\r\n`
    if (this.held.length > MOST_HELD) this.endTurn()
    return this.isFull ? this.drained(socket) : undefined
  }

  /** Writes what was held back. */
  endTurn(): void {
    const { held, socket } = this
    if (held === '' || !socket) return
    if (!this.raw.destroyed) this.isFull = !socket.write(held, this.isLatin ? 'latin1' : 'utf8')
    this.held = ''
    this.isLatin = true
  }

  /** The end goes in one write with what was held back. */
  end(): void {
    this.socket?.cork()
    this.endTurn()
    this.raw.end()
  }

  private drained(socket: Socket): Promise<void> | undefined {
    this.isFull = socket.writableNeedDrain && !this.raw.destroyed
    return this.isFull ? drained(socket, this.raw) : undefined
  }
}

function writeOrdinary(raw: Raw, piece: string): Promise<void> | undefined {
  if (raw.destroyed) return undefined
  return raw.write(piece) || raw.destroyed ? undefined : drained(raw, raw)
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
