// How a zip archive is written down: the parts of it that say what lies where.

/** The mark of an entry's header. */
export const LOCAL = 0x04034b50
/** The mark of an entry of the directory. */
export const CENTRAL = 0x02014b50
/** The mark of the archive's end. */
export const END = 0x06054b50
const VERSION = 20
const DEFLATE = 8
/** 1980-01-01: the earliest a zip can hold. Entries carry no time, so equal content gives equal bytes. */
const DATE = 0x0021

/** Bits of an entry. */
export const UTF8_NAMES = 0x0800
/** Its sizes and its checksum stand behind its content. */
export const FACTS_FOLLOW = 0x0008

/** What is known of the content of an entry. */
export interface ContentFacts {
  readonly crc: number
  /** Bytes in the archive. */
  readonly packed: number
  /** Bytes of the file. */
  readonly size: number
}

/** One entry of an archive. */
export interface EntryFacts extends ContentFacts {
  /** Its name, UTF-8. */
  readonly label: Buffer
  readonly flags: number
}

/** What stands before the content of an entry. */
export const localHeader = (entry: EntryFacts): Buffer => Buffer.concat([uint32(LOCAL), common(entry), entry.label])

/** What the directory of the archive says of an entry whose header begins at `start`. */
export function directoryEntry(entry: EntryFacts, start: number): Buffer {
  const rest = Buffer.alloc(14)
  rest.writeUInt32LE(start, 10)
  const version = Buffer.alloc(2)
  version.writeUInt16LE(VERSION)
  return Buffer.concat([uint32(CENTRAL), version, common(entry), rest, entry.label])
}

/** The directory, which begins at `start`, and the end of the archive. */
export function closing(directory: readonly Buffer[], start: number): Buffer {
  const central = Buffer.concat(directory)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(directory.length, 4)
  end.writeUInt16LE(directory.length, 6)
  end.writeUInt32LE(central.length, 8)
  end.writeUInt32LE(start, 12)
  return Buffer.concat([central, uint32(END), end])
}

/** A number as the format has it. */
export function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

function common({ label, flags, crc, packed, size }: EntryFacts): Buffer {
  const header = Buffer.alloc(26)
  header.writeUInt16LE(VERSION, 0)
  header.writeUInt16LE(flags, 2)
  header.writeUInt16LE(DEFLATE, 4)
  header.writeUInt16LE(DATE, 8)
  header.writeUInt32LE(crc, 10)
  header.writeUInt32LE(packed, 14)
  header.writeUInt32LE(size, 18)
  header.writeUInt16LE(label.length, 22)
  return header
}
