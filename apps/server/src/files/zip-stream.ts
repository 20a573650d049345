import { Readable } from 'node:stream'
import { crc32, createDeflateRaw } from 'node:zlib'

export interface StreamedEntry {
  /** Already safe and unique. */
  readonly name: string
  readonly open: () => Promise<Readable>
}

const LOCAL = 0x04034b50
const DESCRIPTOR = 0x08074b50
const CENTRAL = 0x02014b50
const END = 0x06054b50
const VERSION = 20
/** Names are UTF-8; sizes and checksum follow the content. */
const FLAGS = 0x0808
const DEFLATE = 8
/** 1980-01-01: entries carry no time. */
const DATE = 0x0021

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
    const local = Buffer.concat([uint32(LOCAL), headerOf(label, { crc: 0, packed: 0, size: 0 }), label])
    yield local
    const totals = { crc: 0, packed: 0, size: 0 }
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
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(start, 10)
    const version = Buffer.alloc(2)
    version.writeUInt16LE(VERSION)
    directory.push(uint32(CENTRAL), version, headerOf(label, totals), rest, label)
  }
  const central = Buffer.concat(directory)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(entries.length, 4)
  end.writeUInt16LE(entries.length, 6)
  end.writeUInt32LE(central.length, 8)
  end.writeUInt32LE(offset, 12)
  yield Buffer.concat([central, uint32(END), end])
}

interface Totals {
  readonly crc: number
  /** Bytes in the archive. */
  readonly packed: number
  /** Bytes of the file. */
  readonly size: number
}

function headerOf(label: Buffer, { crc, packed, size }: Totals): Buffer {
  const header = Buffer.alloc(26)
  header.writeUInt16LE(VERSION, 0)
  header.writeUInt16LE(FLAGS, 2)
  header.writeUInt16LE(DEFLATE, 4)
  header.writeUInt16LE(DATE, 8)
  header.writeUInt32LE(crc, 10)
  header.writeUInt32LE(packed, 14)
  header.writeUInt32LE(size, 18)
  header.writeUInt16LE(label.length, 22)
  return header
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}
