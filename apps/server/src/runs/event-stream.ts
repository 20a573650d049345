import { createWatch } from '@runnel/models/watch'
import type { FastifyReply } from 'fastify'
import { type ChunkedWriter, createChunkedWriter, endChunks, writeChunk } from './chunked-writer.ts'

/** A record that says nothing is sent after this long without one, in milliseconds: nobody takes the stream for dead. */
const KEEP_ALIVE_MS = 15_000

/** An answer of records, one chunk each. */
export interface RecordStream {
  /** The first record begins the answer, with the headers the hooks have set. */
  write(record: string): void
  /** A promise while the client has not taken what was written before. */
  drained(): Promise<void> | undefined
  /** Until then a failure can still be an ordinary answer. */
  hasBegun(): boolean
  end(): void
}

export interface RecordStreamOptions {
  /** What is sent where there is nothing to say; a blank line unless given. */
  readonly keepAliveRecord?: string | undefined
  /** All records are. */
  readonly isAscii?: boolean
}

/** A stream of records; nothing is sent before the first one. */
export function createRecordStream(
  reply: FastifyReply,
  contentType: string,
  { keepAliveRecord = '\n', isAscii = false }: RecordStreamOptions = {},
): RecordStream {
  const { raw } = reply
  let writer: ChunkedWriter | undefined
  let draining: Promise<void> | undefined
  let lastRecordAt = 0
  const begin = (): ChunkedWriter => {
    reply.hijack()
    raw.writeHead(200, {
      ...headersOf(reply),
      'content-type': contentType,
      'cache-control': 'no-cache',
      'x-accel-buffering': 'no',
    })
    watch.within('silence', KEEP_ALIVE_MS)
    return createChunkedWriter(raw, { isAscii })
  }
  const write = (record: string) => {
    writer ??= begin()
    lastRecordAt = performance.now()
    const drained = writeChunk(writer, record)
    if (drained === undefined || draining) return
    draining = drained.then(() => {
      draining = undefined
    })
  }
  const watch = createWatch(
    () => {
      write(keepAliveRecord)
      watch.within('silence', KEEP_ALIVE_MS)
    },
    () => lastRecordAt,
  )
  return {
    write,
    drained: () => draining,
    hasBegun: () => writer !== undefined,
    end() {
      watch.stop()
      if (writer) endChunks(writer)
    },
  }
}

/** Sends records as they come. Nothing is sent before the first one, so a failure until then is thrown. */
export async function sendRecords(
  reply: FastifyReply,
  contentType: string,
  records: AsyncIterable<string> | Iterable<string>,
  keepAliveRecord?: string,
): Promise<FastifyReply> {
  const stream = createRecordStream(reply, contentType, { keepAliveRecord })
  try {
    for await (const record of records) {
      stream.write(record)
      const drained = stream.drained()
      if (drained) await drained
    }
  } finally {
    stream.end()
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
