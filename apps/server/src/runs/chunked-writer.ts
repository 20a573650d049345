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

/** Sends the body of one answer in pieces. Made by `createChunkedWriter`; a record, as a token has enough to look at. */
export interface ChunkedWriter {
  readonly raw: Raw
  /** Whoever writes knows that all pieces are ASCII, and their bytes need no counting. */
  readonly isAscii: boolean
  /** The connection, where the bytes may go to it directly. */
  readonly socket: Socket | undefined
  readonly flush: () => void
  /** The chunks that wait for the end of the turn. */
  held: string
  isLatin: boolean
  /** The connection had enough when it was last written to. */
  isFull: boolean
}

/**
 * A writer for an answer whose head has been written. Node sends each chunk as three buffers through two streams; for
 * answers that are thousands of short chunks it is worth writing the same bytes to the connection itself.
 * Answers that wait behind another one, are not chunked, or have no real connection go the ordinary way.
 */
export function createChunkedWriter(raw: Raw, { isAscii = false } = {}): ChunkedWriter {
  const connection = raw.socket
  connection?.cork()
  raw.flushHeaders()
  const socket = raw.chunkedEncoding && connection instanceof Socket ? connection : undefined
  const flush = () => flushChunks(writer)
  const writer: ChunkedWriter = { raw, isAscii, socket, flush, held: '', isLatin: true, isFull: false }
  // The head goes in one write with the chunks of this turn.
  atEndOfTurn(() => {
    flush()
    connection?.uncork()
  })
  return writer
}

/**
 * Adds one chunk; a promise while the client has not taken what was written before. Chunks are held back until all that
 * came in has been read: those of one answer then go in one write, and those of many answers one right after the other,
 * which wakes whoever receives them once and not for each.
 */
export function writeChunk(writer: ChunkedWriter, piece: string): Promise<void> | undefined {
  const { socket } = writer
  if (!socket) return writeOrdinary(writer.raw, piece)
  const bytes = writer.isAscii ? piece.length : Buffer.byteLength(piece)
  if (bytes !== piece.length) writer.isLatin = false
  if (writer.held === '') atEndOfTurn(writer.flush)
  writer.held += `${SIZES[bytes] ?? sizeLine(bytes)}${piece}\r\n`
  if (writer.held.length > MOST_HELD) flushChunks(writer)
  if (!writer.isFull) return undefined
  writer.isFull = socket.writableNeedDrain && !writer.raw.destroyed
  return writer.isFull ? drained(socket, writer.raw) : undefined
}

/** The end goes in one write with what was held back. */
export function endChunks(writer: ChunkedWriter): void {
  writer.socket?.cork()
  flushChunks(writer)
  writer.raw.end()
}

function flushChunks(writer: ChunkedWriter): void {
  const { held, socket } = writer
  if (held === '' || !socket) return
  if (!writer.raw.destroyed) writer.isFull = !socket.write(held, writer.isLatin ? 'latin1' : 'utf8')
  writer.held = ''
  writer.isLatin = true
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
