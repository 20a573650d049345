import { DatabaseSync } from 'node:sqlite'
import { messageOf } from '@runnel/protocol/errors'
import { CannotOpenStorage } from '../faults.ts'
import { isBusy } from './sqlite-faults.ts'

/**
 * Keeps every other process off a database file for as long as this one lives. The lock is SQLite's own on an empty
 * file beside it, so the system drops it when the process dies, however it dies: there are no stale locks.
 * `waitMs` is how long to wait for a process that is just ending.
 *
 * @throws CannotOpenStorage when another process holds it, or the folder is not writable.
 */
export function lockDatabase(path: string, { waitMs = 0 } = {}): { release(): void } {
  const lockPath = `${path}.lock`
  let lock: DatabaseSync | undefined
  try {
    lock = new DatabaseSync(lockPath, { timeout: waitMs })
    lock.exec('begin exclusive')
  } catch (error) {
    lock?.close()
    if (isBusy(error)) {
      throw new CannotOpenStorage(
        `Another process uses the database ${path}: it holds the lock ${lockPath}. ` +
          'Stop that process, or give this one its own data folder.',
        { cause: error },
      )
    }
    throw new CannotOpenStorage(
      `Cannot take the lock ${lockPath} (${messageOf(error)}). Make the folder writable for this user.`,
      { cause: error },
    )
  }
  const held = lock
  return { release: () => held.close() }
}
