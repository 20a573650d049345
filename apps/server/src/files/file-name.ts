import { AppError } from '@runnel/protocol/errors'
import { fileStamp } from '../http/dates.ts'

/** What file systems take, in bytes. */
const NAME_BYTES = 255

/** The name is one name in one folder, wherever it is used. */
export function isSimpleName(name: string): boolean {
  if (name === '' || name === '.' || Buffer.byteLength(name) > NAME_BYTES || !name.isWellFormed()) return false
  return !/[/\\\0]|\.\./.test(name)
}

/** @throws AppError `file_name_invalid` */
export function checkFileName(name: string): string {
  if (!isSimpleName(name)) throw new AppError('file_name_invalid')
  return name
}

/** A name without the characters that would be acted upon instead of shown: control characters and text directions. */
export const labelOf = (name: string): string => name.replace(/[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/gu, '_')

export interface NameParts {
  readonly root: string
  /** With its dot; empty when what follows the last dot is no plain word. */
  readonly extension: string
}

/** `report.final.pdf` has the extension `.pdf`; `.env` has none. */
export function splitName(name: string): NameParts {
  const [, root = name, extension = ''] = /^(.+)(\.[A-Za-z0-9]{1,16})$/s.exec(name) ?? []
  return { root, extension }
}

/** Characters that some system or some reader of addresses takes for its own. */
const UNSAFE = /[/\\:*?"<>|%#]/g
/** `2024-12-30_15-19-43_` and a number such as `_12`. */
const ADDED_BYTES = 28

/**
 * Where an upload to a flow is kept: `2024-12-30_15-19-43_your_file.txt`, in the server's time zone. `copy` tells uploads
 * of one name in one second apart. `time` is epoch milliseconds.
 */
export function storedName(time: number, name: string, copy = 0): string {
  const stamp = fileStamp(time).replace(/^(.{4})(..)(..)_(..)(..)(..)$/, '$1-$2-$3_$4-$5-$6')
  const { root, extension } = splitName(labelOf(name).replace(UNSAFE, '_'))
  const room = NAME_BYTES - ADDED_BYTES - extension.length
  return `${stamp}_${firstBytes(root, room)}${copy > 0 ? `_${copy}` : ''}${extension}`
}

/** The beginning of a text that has at most so many bytes of UTF-8. */
function firstBytes(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text
  const { written } = new TextEncoder().encodeInto(text, new Uint8Array(bytes))
  return Buffer.from(text).subarray(0, written).toString()
}
