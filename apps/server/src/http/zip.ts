import { crc32, deflateRawSync } from 'node:zlib'
import { closing, directoryEntry, localHeader, UTF8_NAMES } from './zip-format.ts'

export interface ZipEntry {
  /** A file name; separators and what could lead out of a folder are replaced. */
  readonly name: string
  readonly content: Buffer
}

/** A zip archive of files; names are made safe and unique. */
export function writeZip(entries: readonly ZipEntry[]): Buffer {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  const taken = new Set<string>()
  let offset = 0
  for (const { name, content } of entries) {
    const label = Buffer.from(uniqueEntryName(safeFileName(name), taken), 'utf8')
    const body = deflateRawSync(content)
    const facts = { label, flags: UTF8_NAMES, crc: crc32(content), packed: body.length, size: content.length }
    const local = localHeader(facts)
    bodies.push(local, body)
    directory.push(directoryEntry(facts, offset))
    offset += local.length + body.length
  }
  return Buffer.concat([...bodies, closing(directory, offset)])
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
