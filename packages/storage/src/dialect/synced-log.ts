import { closeSync, fdatasync, openSync } from 'node:fs'
import { promisify } from 'node:util'
import { diskFault } from './sqlite-faults.ts'

/** Resolves when the disk has all that was written to an open file. */
export type SyncFile = (file: number) => Promise<void>

/** The write-ahead log of a database, brought to the disk without stopping the event loop. */
export interface SyncedLog {
  /**
   * Resolves when the disk has all that was committed before. As durable as `synchronous = full`, which does the same
   * while everybody waits. @throws AppError `overloaded`
   */
  sync(): Promise<void>
  /** A sync has failed: the disk may lack a piece in the middle of the log, and what comes behind it would be lost. */
  isSuspect(): boolean
  /** The log has been emptied since. */
  trust(): void
  close(): Promise<void>
}

/** For the log at `path`, which exists as soon as something was committed, until the database is closed. */
export function createSyncedLog(path: string, syncFile: SyncFile = promisify(fdatasync)): SyncedLog {
  let file: number | undefined
  let suspect = false
  let last: Promise<void> = Promise.resolve()
  return {
    sync() {
      file ??= openSync(path, 'r+')
      last = syncFile(file).catch((error: unknown) => {
        suspect = true
        throw diskFault(error)
      })
      return last
    },
    isSuspect: () => suspect,
    trust() {
      suspect = false
    },
    async close() {
      await last.catch(() => {})
      if (file !== undefined) closeSync(file)
      file = undefined
    },
  }
}
