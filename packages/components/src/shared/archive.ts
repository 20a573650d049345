import { gunzipSync, inflateRawSync } from 'node:zlib'
import { AppError } from '@runnel/protocol/errors'

export interface ArchiveEntry {
  /** The last part of its path. */
  readonly name: string
  readonly bytes: Uint8Array
}

const MEGABYTE = 1024 * 1024
const LIMITS = { entries: 1000, bytes: 256 * MEGABYTE }

/** Whether a file of this name is unpacked before it is read. */
export const isArchiveName = (name: string): boolean => /\.(zip|tar|tgz|tar\.gz|gz)$/i.test(name)

/**
 * The files in a zip, tar or gzip archive, without hidden ones and those macOS adds.
 * @throws AppError `invalid_field` for an archive that is broken, encrypted or too large.
 */
export function unpackArchive(name: string, bytes: Uint8Array): readonly ArchiveEntry[] {
  try {
    return entriesOf(name, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length))
      .filter(
        ({ path, bytes: content }) =>
          content.length > 0 && !path.split('/').some((part) => /^(\.|__MACOSX$)/.test(part)),
      )
      .map(({ path, bytes: content }) => ({ name: path.split('/').at(-1) ?? path, bytes: content }))
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    throw new AppError('invalid_field', [`The archive ${name} is broken or too large.`], { cause })
  }
}

/**
 * Makes sure that a document that is a zip archive inside, such as a workbook, is not too large once unpacked.
 * @throws AppError `invalid_field`
 */
export function checkZipped(name: string, bytes: Uint8Array): void {
  try {
    zipEntries(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length))
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    throw new AppError('invalid_field', [`${name} is broken or too large.`], { cause })
  }
}

interface PathEntry {
  readonly path: string
  readonly bytes: Buffer
}

function entriesOf(name: string, content: Buffer): readonly PathEntry[] {
  if (/\.zip$/i.test(name)) return zipEntries(content)
  if (/\.tar$/i.test(name)) return tarEntries(content)
  const plain = gunzipSync(content, { maxOutputLength: LIMITS.bytes })
  if (/\.(tgz|tar\.gz)$/i.test(name)) return tarEntries(plain)
  return [{ path: name.replace(/\.gz$/i, ''), bytes: plain }]
}

const TAR_BLOCK = 512

function tarEntries(content: Buffer): readonly PathEntry[] {
  const entries: PathEntry[] = []
  for (let at = 0; at + TAR_BLOCK <= content.length && entries.length < LIMITS.entries; ) {
    const text = (from: number, length: number) =>
      content.toString('utf8', at + from, at + from + length).replace(/\0[\s\S]*$/, '')
    const path = text(0, 100)
    if (path === '') break
    const size = Number.parseInt(text(124, 12).trim() || '0', 8)
    const kind = text(156, 1)
    const start = at + TAR_BLOCK
    if (kind === '' || kind === '0') entries.push({ path, bytes: content.subarray(start, start + size) })
    at = start + Math.ceil(size / TAR_BLOCK) * TAR_BLOCK
  }
  return entries
}

function zipEntries(content: Buffer): readonly PathEntry[] {
  const end = content.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
  const count = content.readUInt16LE(end + 10)
  if (count > LIMITS.entries) throw new AppError('invalid_field', ['The archive holds too many files.'])
  let at = content.readUInt32LE(end + 16)
  let left = LIMITS.bytes
  return Array.from({ length: count }, () => {
    const [flags, method] = [content.readUInt16LE(at + 8), content.readUInt16LE(at + 10)]
    const [packed, size] = [content.readUInt32LE(at + 20), content.readUInt32LE(at + 24)]
    const [nameLength, extraLength] = [content.readUInt16LE(at + 28), content.readUInt16LE(at + 30)]
    const offset = content.readUInt32LE(at + 42)
    const path = content.toString('utf8', at + 46, at + 46 + nameLength)
    at += 46 + nameLength + extraLength + content.readUInt16LE(at + 32)
    left -= size
    if (left < 0) throw new AppError('invalid_field', ['The archive is too large unpacked.'])
    if ((flags & 1) !== 0) throw new AppError('invalid_field', ['The archive is encrypted. Upload it unencrypted.'])
    const start = offset + 30 + content.readUInt16LE(offset + 26) + content.readUInt16LE(offset + 28)
    const body = content.subarray(start, start + packed)
    return { path, bytes: method === 0 ? body : inflateRawSync(body, { maxOutputLength: Math.max(1, size) }) }
  })
}
