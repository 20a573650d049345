import type { EventEmitter } from 'node:events'
import { Socket } from 'node:net'
import type { FastifyReply } from 'fastify'

type Raw = FastifyReply['raw']

/** Sends the body of one answer in pieces. */
export interface ChunkedWriter {
  /** One piece in one write; a promise while the client has not taken what was written before. */
  write(piece: string): Promise<void> | undefined
  end(): void
}

/**
 * A writer for an answer whose head has been written. Node sends each chunk as three buffers through two streams; for
 * answers that are thousands of short chunks it is worth writing the same bytes to the connection itself, as one text.
 * Answers that wait behind another one, are not chunked, or have no real connection go the ordinary way.
 */
export function createChunkedWriter(raw: Raw): ChunkedWriter {
  raw.flushHeaders()
  const socket = raw.chunkedEncoding && raw.socket instanceof Socket ? raw.socket : undefined
  return {
    write(piece) {
      if (raw.destroyed) return undefined
      const isTaken = socket ? writeChunk(socket, piece) : raw.write(piece)
      return isTaken || raw.destroyed ? undefined : drained(socket ?? raw, raw)
    },
    end: () => void raw.end(),
  }
}

/** All pieces of an answer go the same way, so that they keep their order. */
function writeChunk(socket: Socket, piece: string): boolean {
  const bytes = Buffer.byteLength(piece)
  const chunk = `${bytes.toString(16)}\r\n${piece}\r\n`
  return socket.write(chunk, bytes === piece.length ? 'latin1' : 'utf8')
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
