import { createWatch, type Watch } from '@runnel/models/watch'
import type { FastifyReply } from 'fastify'
import { ChunkedWriter } from './chunked-writer.ts'

/** A record that says nothing is sent after this long without one, in milliseconds: nobody takes the stream for dead. */
const KEEP_ALIVE_MS = 15_000

export interface RecordStreamOptions {
  /** What is sent where there is nothing to say; a blank line unless given. */
  readonly keepAliveRecord?: string | undefined
  /** All records are. */
  readonly isAscii?: boolean
}

/** An answer of records, one chunk each; nothing is sent before the first one. */
export class RecordStream {
  private writer: ChunkedWriter | undefined
  private lastRecordAt = 0
  private draining: Promise<void> | undefined
  private readonly reply: FastifyReply
  private readonly contentType: string
  private readonly isAscii: boolean
  private readonly watch: Watch<'silence'>

  constructor(
    reply: FastifyReply,
    contentType: string,
    { keepAliveRecord = '\n', isAscii = false }: RecordStreamOptions = {},
  ) {
    this.reply = reply
    this.contentType = contentType
    this.isAscii = isAscii
    this.watch = createWatch(
      () => {
        this.write(keepAliveRecord)
        this.watch.within('silence', KEEP_ALIVE_MS)
      },
      () => this.lastRecordAt,
    )
  }

  /** The first record begins the answer, with the headers the hooks have set. */
  write(record: string): void {
    this.writer ??= this.begin()
    this.lastRecordAt = performance.now()
    const drained = this.writer.write(record)
    if (drained === undefined || this.draining) return
    this.draining = drained.then(() => {
      this.draining = undefined
    })
  }

  /** A promise while the client has not taken what was written before. */
  drained(): Promise<void> | undefined {
    return this.draining
  }

  /** Until then a failure can still be an ordinary answer. */
  hasBegun(): boolean {
    return this.writer !== undefined
  }

  end(): void {
    this.watch.stop()
    this.writer?.end()
  }

  private begin(): ChunkedWriter {
    const { reply, contentType, isAscii } = this
    reply.hijack()
    reply.raw.writeHead(200, {
      ...headersOf(reply),
      'content-type': contentType,
      'cache-control': 'no-cache',
      'x-accel-buffering': 'no',
    })
    this.watch.within('silence', KEEP_ALIVE_MS)
    return new ChunkedWriter(reply.raw, { isAscii })
  }
}

/** Sends records as they come. Nothing is sent before the first one, so a failure until then is thrown. */
export async function sendRecords(
  reply: FastifyReply,
  contentType: string,
  records: AsyncIterable<string> | Iterable<string>,
  keepAliveRecord?: string,
): Promise<FastifyReply> {
  const stream = new RecordStream(reply, contentType, { keepAliveRecord })
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
