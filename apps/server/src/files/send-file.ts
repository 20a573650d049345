import type { FastifyReply } from 'fastify'
import { attachment } from './content-disposition.ts'
import type { OpenFile } from './file-store.ts'

/** Streams a file to be saved by the client; its type is never guessed. */
export function sendDownload(reply: FastifyReply, name: string, file: OpenFile): FastifyReply {
  return send(reply.header('content-disposition', attachment(name)), 'application/octet-stream', file)
}

/** Streams a file to be shown; only for types that run nothing. */
export function sendInline(reply: FastifyReply, type: string, file: OpenFile): FastifyReply {
  const headers = { 'content-disposition': 'inline', 'content-security-policy': "default-src 'none'; sandbox" }
  return send(reply.headers(headers), type, file)
}

function send(reply: FastifyReply, type: string, { handle, size }: OpenFile): FastifyReply {
  // A file that grows meanwhile is sent as long as was said.
  const content = size === 0 ? undefined : handle.createReadStream({ start: 0, end: size - 1 })
  reply.header('content-type', type).header('content-length', String(size))
  if (content) return reply.send(content)
  void handle.close()
  return reply.send(Buffer.alloc(0))
}
