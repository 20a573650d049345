import { type AppError, messageOf } from '@runnel/protocol/errors'
import { ClaimLost, missingOwner, UniqueViolation, unavailable } from '../faults.ts'

// Primary result codes of SQLite: https://www.sqlite.org/rescode.html
export const BUSY = 5
const LOCKED = 6
const READONLY = 8
const IO_ERROR = 10
const CORRUPT = 11
const FULL = 13
const CANNOT_OPEN = 14
const NOT_A_DATABASE = 26

const GIVE_UP_MS = 10_000
const LONGEST_WAIT_MS = 25

/** The primary result code of an error of `node:sqlite`; undefined for any other error. */
function codeOf(error: unknown): number | undefined {
  const code = error instanceof Error && 'errcode' in error ? error.errcode : undefined
  return typeof code === 'number' ? code & 0xff : undefined
}

export function isBusy(error: unknown): boolean {
  const code = codeOf(error)
  return code === BUSY || code === LOCKED
}

/** True when the file is no database or its pages contradict each other. */
export function isDamage(error: unknown): boolean {
  const code = codeOf(error)
  return code === CORRUPT || code === NOT_A_DATABASE
}

/** An error of SQLite as the rest of the room knows it. */
export function translateSqlite(error: unknown): unknown {
  switch (codeOf(error)) {
    case BUSY:
    case LOCKED:
      return unavailable('The database is locked by another program. Try again when it has finished.', error)
    case FULL:
      return unavailable('The disk is full, so nothing can be saved. Free some space and try again.', error)
    case READONLY:
    case CANNOT_OPEN:
      return unavailable('The database is read-only, so nothing can be saved. Make its folder writable.', error)
    case IO_ERROR:
      return diskFault(error)
    default: {
      if (messageOf(error) === 'FOREIGN KEY constraint failed') return missingOwner(error)
      // The guard of a batch whose claim does not hold: sqlite-batch.ts.
      if (messageOf(error) === 'NOT NULL constraint failed: run_job.id') return new ClaimLost({ cause: error })
      const columns = /^UNIQUE constraint failed: (.*)$/.exec(messageOf(error))?.[1]
      // The last column is the one that must differ: `flow.user_id, flow.name` is the index `flow_name`.
      const index = columns?.split(', ').at(-1)?.replace('.', '_')
      return index === undefined ? error : new UniqueViolation(index, { cause: error })
    }
  }
}

export function diskFault(cause: unknown): AppError {
  return unavailable('The disk reports an error, so nothing can be saved. Check the disk and its space.', cause)
}

/**
 * Runs a piece of SQLite work, again and again while another connection (a backup tool, a checkpoint) holds the lock:
 * the waiting is done here and not by SQLite's busy handler, which would stop the event loop.
 *
 * @throws AppError `overloaded` after `giveUpMs`, 10 seconds unless said.
 */
export async function whileBusy<Value>(work: () => Value, giveUpMs = GIVE_UP_MS): Promise<Value> {
  const giveUpAt = performance.now() + giveUpMs
  for (let waitMs = 1; ; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
    try {
      return work()
    } catch (error) {
      if (!isBusy(error) || performance.now() > giveUpAt) throw translateSqlite(error)
    }
    await new Promise((resolve) => setTimeout(resolve, waitMs))
  }
}
