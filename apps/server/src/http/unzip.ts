import { crc32, inflateRawSync } from 'node:zlib'
import { AppError } from '@runnel/protocol/errors'
import { CENTRAL, END, LOCAL } from './zip-format.ts'

export interface UnzipLimits {
  readonly entries: number
  /** Bytes of one entry, unpacked. */
  readonly entryBytes: number
  /** Bytes of all entries, unpacked. */
  readonly totalBytes: number
}

export interface UnzippedFile {
  /** The last part of the entry's path: a label, never a path. */
  readonly name: string
  readonly content: Buffer
}

const MEGABYTE = 1024 * 1024
const LIMITS: UnzipLimits = { entries: 1000, entryBytes: 64 * MEGABYTE, totalBytes: 256 * MEGABYTE }

const END_BYTES = 22
const CENTRAL_BYTES = 46
const LOCAL_BYTES = 30
const STORED = 0
const DEFLATED = 8
const ENCRYPTED = 1
/** Sizes that say: look in the 64-bit record. Nothing within our limits needs one. */
const ZIP64 = 0xffffffff

/** Whether the content begins as zip archives do. */
export const looksLikeZip = (content: Buffer): boolean => content.subarray(0, 2).toString('latin1') === 'PK'

/**
 * The files of a zip archive whose names end with `extension`, in the archive's order.
 * @throws AppError `bad_request` for an archive that is broken, encrypted or over the limits
 */
export function unzip(archive: Buffer, extension: string, limits: UnzipLimits = LIMITS): readonly UnzippedFile[] {
  try {
    return readFiles(archive, extension, limits)
  } catch (error) {
    if (error instanceof AppError) throw error
    // What zlib and out-of-range reads throw about damaged archives.
    throw new AppError('bad_request', ['The archive is broken'], { cause: error })
  }
}

function readFiles(archive: Buffer, extension: string, limits: UnzipLimits): readonly UnzippedFile[] {
  const end = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
  if (end < 0 || end + END_BYTES > archive.length || archive.readUInt32LE(end) !== END) refuse('is broken')
  const count = archive.readUInt16LE(end + 10)
  if (count > limits.entries) refuse(`holds more than ${limits.entries} files`)
  let at = archive.readUInt32LE(end + 16)
  let total = 0
  const files: UnzippedFile[] = []
  for (let index = 0; index < count; index++) {
    if (archive.readUInt32LE(at) !== CENTRAL) refuse('is broken')
    const packed = archive.readUInt32LE(at + 20)
    const size = archive.readUInt32LE(at + 24)
    const nameLength = archive.readUInt16LE(at + 28)
    const path = archive.subarray(at + CENTRAL_BYTES, at + CENTRAL_BYTES + nameLength).toString('utf8')
    if ((archive.readUInt16LE(at + 8) & ENCRYPTED) !== 0) refuse('is encrypted')
    if (size > limits.entryBytes || size === ZIP64 || packed === ZIP64) refuse('holds a file that is too large')
    total += size
    if (total > limits.totalBytes) refuse('is too large unpacked')
    if (path.toLowerCase().endsWith(extension)) {
      const entry = { method: archive.readUInt16LE(at + 10), offset: archive.readUInt32LE(at + 42), packed, size }
      const content = readEntry(archive, entry)
      if (crc32(content) !== archive.readUInt32LE(at + 16)) refuse('is broken')
      files.push({ name: path.split(/[/\\]/).at(-1) ?? '', content })
    }
    at += CENTRAL_BYTES + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32)
  }
  return files
}

interface Entry {
  readonly method: number
  readonly offset: number
  readonly packed: number
  readonly size: number
}

function readEntry(archive: Buffer, { method, offset, packed, size }: Entry): Buffer {
  if (archive.readUInt32LE(offset) !== LOCAL) refuse('is broken')
  const start = offset + LOCAL_BYTES + archive.readUInt16LE(offset + 26) + archive.readUInt16LE(offset + 28)
  const body = archive.subarray(start, start + packed)
  if (body.length !== packed) refuse('is broken')
  if (method !== STORED && method !== DEFLATED) refuse('is packed in a way that is not known')
  // The declared size is the limit: an entry that unpacks to more is broken, and is not unpacked further.
  const content = method === STORED ? body : inflateRawSync(body, { maxOutputLength: Math.max(1, size) })
  if (content.length !== size) refuse('is broken')
  return content
}

function refuse(why: string): never {
  throw new AppError('bad_request', [`The archive ${why}`])
}
