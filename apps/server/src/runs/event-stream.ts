import type { FastifyReply } from 'fastify'
import { type ChunkedWriter, createChunkedWriter } from './chunked-writer.ts'

/** A record that says nothing is sent after this long without one, in milliseconds: nobody takes the stream for dead. */
const KEEP_ALIVE_MS = 15_000

/**
 * Sends records as they come, one write each. Nothing is sent before the first record, so a failure until then can
 * still be an ordinary answer: it is thrown. The headers the hooks have set go along. A blank line keeps the stream
 * alive unless something else is given.
 */
export async function sendRecords(
  reply: FastifyReply,
  contentType: string,
  records: AsyncIterable<string> | Iterable<string>,
  keepAliveRecord = '\n',
): Promise<FastifyReply> {
  const { raw } = reply
  let writer: ChunkedWriter | undefined
  let keepAlive: NodeJS.Timeout | undefined
  try {
    for await (const record of records) {
      if (!writer) {
        reply.hijack()
        raw.writeHead(200, {
          ...headersOf(reply),
          'content-type': contentType,
          'cache-control': 'no-cache',
          'x-accel-buffering': 'no',
        })
        const begun = createChunkedWriter(raw)
        writer = begun
        keepAlive = setInterval(() => void begun.write(keepAliveRecord), KEEP_ALIVE_MS)
      }
      keepAlive?.refresh()
      const drained = writer.write(record)
      if (drained) await drained
    }
  } finally {
    clearInterval(keepAlive)
    writer?.end()
  }
  return reply
}

/** The headers set so far; those that are not set are left out. */
function headersOf(reply: FastifyReply): Record<string, number | string | string[]> {
  const set = Object.entries(reply.getHeaders()).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  )
  return Object.fromEntries(set)
}
