import type { FastifyReply } from 'fastify'

/** A blank line is sent after this long without an event, in milliseconds, so that nobody takes the stream for dead. */
const KEEP_ALIVE_MS = 15_000

/**
 * Sends records as they come, one write each. Nothing is sent before the first record, so a failure until then can
 * still be an ordinary answer: it is thrown. The headers the hooks have set go along.
 */
export async function sendRecords(
  reply: FastifyReply,
  contentType: string,
  records: AsyncIterable<string>,
): Promise<FastifyReply> {
  const { raw } = reply
  let begun = false
  let keepAlive: NodeJS.Timeout | undefined
  try {
    for await (const record of records) {
      if (!begun) {
        begun = true
        reply.hijack()
        raw.writeHead(200, {
          ...headersOf(reply),
          'content-type': contentType,
          'cache-control': 'no-cache',
          'x-accel-buffering': 'no',
        })
        keepAlive = setInterval(() => raw.write('\n'), KEEP_ALIVE_MS)
      }
      keepAlive?.refresh()
      if (!raw.write(record) && !raw.destroyed) await drained(raw)
    }
  } finally {
    clearInterval(keepAlive)
    if (begun) raw.end()
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

/** Resolves when the client has taken what was written, or has left. */
function drained(raw: FastifyReply['raw']): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      raw.off('drain', done)
      raw.off('close', done)
      resolve()
    }
    raw.on('drain', done)
    raw.on('close', done)
  })
}
