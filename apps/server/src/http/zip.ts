import { crc32, deflateRawSync } from 'node:zlib'

export interface ZipEntry {
  /** A file name; separators and what could lead out of a folder are replaced. */
  readonly name: string
  readonly content: Buffer
}

const LOCAL = 0x04034b50
const CENTRAL = 0x02014b50
const END = 0x06054b50
const VERSION = 20
const UTF8_NAMES = 0x0800
const DEFLATE = 8
/** 1980-01-01: the earliest a zip can hold. Entries carry no time, so equal content gives equal bytes. */
const DATE = 0x0021

/** A zip archive of files; names are made safe and unique. */
export function writeZip(entries: readonly ZipEntry[]): Buffer {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  const taken = new Set<string>()
  let offset = 0
  for (const { name, content } of entries) {
    const label = Buffer.from(uniqueEntryName(safeFileName(name), taken), 'utf8')
    const packed = deflateRawSync(content)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(VERSION, 0)
    common.writeUInt16LE(UTF8_NAMES, 2)
    common.writeUInt16LE(DEFLATE, 4)
    common.writeUInt16LE(DATE, 8)
    common.writeUInt32LE(crc32(content), 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(content.length, 18)
    common.writeUInt16LE(label.length, 22)
    const local = Buffer.concat([uint32(LOCAL), common, label])
    bodies.push(local, packed)
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(offset, 10)
    directory.push(uint32(CENTRAL), uint16(VERSION), common, rest, label)
    offset += local.length + packed.length
  }
  const central = Buffer.concat(directory)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(entries.length, 4)
  end.writeUInt16LE(entries.length, 6)
  end.writeUInt32LE(central.length, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...bodies, central, uint32(END), end])
}

const FORBIDDEN = /[/\\:*?"<>|\p{Cc}\p{Cf}]/gu

/** A name that is one file in any folder of any system: without separators, control characters and leading dots. */
export function safeFileName(name: string): string {
  const [, stem = '', extension = ''] = /^(.*?)(\.[A-Za-z0-9]{1,10})?$/s.exec(name) ?? []
  const safe = stem
    .toWellFormed()
    .replace(FORBIDDEN, '_')
    .replace(/^[.\s]+/, '_')
    .trim()
  return (Array.from(safe).slice(0, 100).join('') || '_') + extension
}

/** The name itself, or with a number behind it when it is taken; takes it. */
export function uniqueEntryName(name: string, taken: Set<string>): string {
  const [, stem = name, extension = ''] = /^(.*?)(\.[A-Za-z0-9]{1,10})?$/s.exec(name) ?? []
  let unique = name
  // Compared without case: some systems keep only one of `A` and `a`.
  for (let number = 1; taken.has(unique.toLowerCase()); number++) unique = `${stem} (${number})${extension}`
  taken.add(unique.toLowerCase())
  return unique
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16LE(value)
  return bytes
}
