import { Readable } from 'node:stream'
import { crc32, createDeflateRaw } from 'node:zlib'
import { closing, directoryEntry, FACTS_FOLLOW, localHeader, UTF8_NAMES, uint32 } from '../http/zip-format.ts'

export interface StreamedEntry {
  /** Already safe and unique. */
  readonly name: string
  readonly open: () => Promise<Readable>
}

const DESCRIPTOR = 0x08074b50

/** The most a zip of 32-bit sizes can hold, with room for its directory. */
export const ZIP_BYTES = 0xffff_ffff - 16 * 1024 * 1024

/** A zip archive, packed as it is read: one file at a time is open, and none is held in memory. */
export const streamZip = (entries: readonly StreamedEntry[]): Readable => Readable.from(chunks(entries))

async function* chunks(entries: readonly StreamedEntry[]): AsyncGenerator<Buffer, void> {
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, open } of entries) {
    const label = Buffer.from(name, 'utf8')
    const start = offset
    const totals = { label, flags: UTF8_NAMES | FACTS_FOLLOW, crc: 0, packed: 0, size: 0 }
    const local = localHeader(totals)
    yield local
    const source = await open()
    const deflate = createDeflateRaw()
    source.on('data', (chunk: Buffer) => {
      totals.crc = crc32(chunk, totals.crc)
      totals.size += chunk.length
    })
    source.once('error', (error) => deflate.destroy(error)).pipe(deflate)
    try {
      for await (const chunk of deflate) {
        totals.packed += chunk.length
        yield chunk
      }
    } finally {
      source.destroy()
    }
    yield Buffer.concat([uint32(DESCRIPTOR), uint32(totals.crc), uint32(totals.packed), uint32(totals.size)])
    offset += local.length + totals.packed + 16
    directory.push(directoryEntry(totals, start))
  }
  yield closing(directory, offset)
}
