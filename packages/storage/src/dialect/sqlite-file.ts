import { closeSync, mkdirSync, openSync, readFileSync, readSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { messageOf } from '@runnel/protocol/errors'
import { CannotOpenStorage } from '../faults.ts'

const MAGIC = 'SQLite format 3\0'
const HEADER_BYTES = 100
const WAL_HEADER_BYTES = 32
const WAL_FRAME_HEADER_BYTES = 24
/** Above this a file is checked for broken pages only, not for indexes that disagree with their tables. */
const THOROUGH_BYTES = 64 * 1024 * 1024

/** Makes the folder of a database that does not exist yet. @throws CannotOpenStorage */
export function prepareFolder(path: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true })
  } catch (error) {
    throw new CannotOpenStorage(
      `Cannot create the data folder ${dirname(path)} (${messageOf(error)}). Create it, or name another one.`,
      { cause: error },
    )
  }
}

/**
 * Looks at the file before SQLite does: an empty or foreign file, or one that lost its end, must never be taken for
 * a new database and written over.
 *
 * @throws CannotOpenStorage
 */
export function refuseDamagedFile(path: string): void {
  const size = sizeOf(path)
  const walSize = sizeOf(`${path}-wal`) ?? 0
  if (size === undefined) {
    if (walSize === 0) return
    throw new CannotOpenStorage(
      `The database ${path} is missing, but its log ${path}-wal is there. Put the file back, ` +
        `or remove ${path}-wal to start with an empty database.`,
    )
  }
  if (size === 0) {
    if (walSize === 0 && fingerprintOf(path) === undefined) return
    throw damaged(path, 'it is empty')
  }
  const header = Buffer.alloc(HEADER_BYTES)
  const file = openSync(path, 'r')
  try {
    readSync(file, header, 0, HEADER_BYTES, 0)
  } finally {
    closeSync(file)
  }
  if (header.toString('latin1', 0, MAGIC.length) !== MAGIC) throw damaged(path, 'it is not an SQLite database')
  const pageBytes = header.readUInt16BE(16) === 1 ? 65_536 : header.readUInt16BE(16)
  const missingPages = header.readUInt32BE(28) - Math.floor(size / pageBytes)
  const walPages = Math.floor((walSize - WAL_HEADER_BYTES) / (pageBytes + WAL_FRAME_HEADER_BYTES))
  // A checkpoint that was cut short leaves pages in the log only; more than it holds are lost.
  if (missingPages > Math.max(0, walPages)) throw damaged(path, `its last ${missingPages} pages are missing`)
}

/**
 * Reads the whole database for damage, unless the file is as this program last left it.
 *
 * @throws CannotOpenStorage
 */
export function refuseDamagedPages(path: string, database: DatabaseSync): void {
  const size = sizeOf(path) ?? 0
  if (size === 0 || fingerprintOf(path) === readFingerprint(path)) return
  const check = size > THOROUGH_BYTES ? 'quick_check' : 'integrity_check'
  const found = database.prepare(`pragma ${check}(1)`).get()?.[check]
  if (found !== 'ok') throw damaged(path, String(found))
}

/** Remembers the file as it is now, so that the next start need not read it whole. */
export function rememberFile(path: string): void {
  const fingerprint = readFingerprint(path)
  if (fingerprint !== undefined) writeFileSync(fingerprintPath(path), fingerprint)
}

export function damaged(path: string, why: string, cause?: unknown): CannotOpenStorage {
  return new CannotOpenStorage(
    `The database ${path} is damaged: ${why}. It was left as it is. To restore it, put a backup in its place, ` +
      `remove ${path}-wal and ${path}-shm, and start again.`,
    { cause },
  )
}

export function fingerprintPath(path: string): string {
  return `${path}.checked`
}

function readFingerprint(path: string): string | undefined {
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false })
  return stat && `${stat.size} ${stat.mtimeNs}`
}

function fingerprintOf(path: string): string | undefined {
  return sizeOf(fingerprintPath(path)) === undefined ? undefined : readFileSync(fingerprintPath(path), 'utf8')
}

function sizeOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.size
}
