import { close, fdatasync, openSync } from 'node:fs'
import { promisify } from 'node:util'

/** Forces the write-ahead log of one database to the disk. */
export interface LogSync {
  /** Resolves when everything committed before the call would survive a loss of power. */
  sync(): Promise<void>
  close(): void
}

const dataSync = promisify(fdatasync)

/**
 * Syncs the log as SQLite itself does after a commit with `synchronous = full`, but on a thread of the pool, so that
 * the event loop serves others meanwhile. The log file lives as long as its database is open.
 */
export function createLogSync(path: string): LogSync {
  let log: number | undefined
  return {
    async sync() {
      log ??= openSync(`${path}-wal`, 'r')
      await dataSync(log)
    },
    close() {
      if (log !== undefined) close(log, () => {})
      log = undefined
    },
  }
}
