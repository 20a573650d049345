import { stat } from 'node:fs/promises'
import { Worker } from 'node:worker_threads'
import { fingerprintPath } from './sqlite-file.ts'

const LOOK_EVERY_MS = 250
const CHECKPOINT_BYTES = 4 * 1024 * 1024
/** A log this long is emptied even when writers never pause: they wait for the few pages that are left. */
const RESTART_BYTES = 16 * 1024 * 1024

export interface Checkpointer {
  /** Says that something was committed. Cheap; call it after each commit. */
  touch(): void
  /** Ends the thread, after the checkpoint it may be busy with. */
  stop(): Promise<void>
}

/**
 * Moves the write-ahead log into the database file from a thread of its own, so that neither the copying nor its file
 * syncs stop the event loop. The thread starts with the first checkpoint that is due.
 */
export function createCheckpointer(path: string): Checkpointer {
  let timer: NodeJS.Timeout | undefined
  let worker: Worker | undefined
  let busy: Promise<void> | undefined
  let done: (() => void) | undefined

  const look = async () => {
    const size = await stat(`${path}-wal`).then(
      (found) => found.size,
      () => 0,
    )
    // The file stays as long as it once was, whatever of it is in use: what is, its thread knows.
    if (size > CHECKPOINT_BYTES) await checkpoint()
  }
  const start = () => {
    const thread = new Worker(CHECKPOINT_THREAD, {
      eval: true,
      workerData: {
        path,
        fingerprintPath: fingerprintPath(path),
        checkpointBytes: CHECKPOINT_BYTES,
        restartBytes: RESTART_BYTES,
      },
      execArgv: [],
    })
    thread.unref()
    thread.on('message', () => done?.())
    // A thread that failed is replaced at the next checkpoint; until then the log only grows.
    thread.on('error', () => {})
    thread.on('exit', () => {
      worker = undefined
      done?.()
    })
    return thread
  }
  const checkpoint = () =>
    new Promise<void>((resolve) => {
      done = resolve
      worker ??= start()
      worker.postMessage('look')
    })

  return {
    touch() {
      if (timer || busy) return
      timer = setTimeout(() => {
        timer = undefined
        busy = look().finally(() => {
          busy = undefined
        })
      }, LOOK_EVERY_MS)
      timer.unref()
    },
    async stop() {
      clearTimeout(timer)
      worker?.ref()
      await busy
      await worker?.terminate()
    },
  }
}

// Given as text, so that it also runs from a bundle. A restart first copies all it can while writers go on, then
// waits for a gap between two commits; writers meet the lock for the rest only, and wait without blocking. Whoever
// writes to an emptied log first waits until its head is on the disk: that is done here as well.
const CHECKPOINT_THREAD = `
const { statSync, writeFileSync } = require('node:fs')
const { DatabaseSync } = require('node:sqlite')
const { parentPort, workerData } = require('node:worker_threads')
const { path, fingerprintPath, checkpointBytes, restartBytes } = workerData
const database = new DatabaseSync(path, { timeout: 1000 })
database.exec('pragma synchronous = full; pragma wal_autocheckpoint = 0')
const pageBytes = database.prepare('pragma page_size').get().page_size
const state = database.prepare('pragma wal_checkpoint(noop)')
parentPort.on('message', () => {
  try {
    const { log, checkpointed } = state.get()
    if ((log - checkpointed) * pageBytes > checkpointBytes) checkpoint(log * pageBytes)
  } catch {
    // Another program holds the log: the next checkpoint does it.
  }
  parentPort.postMessage('done')
})
function checkpoint(logBytes) {
  database.exec('pragma wal_checkpoint(passive)')
  if (logBytes > restartBytes) {
    database.exec('pragma wal_checkpoint(passive); pragma wal_checkpoint(passive)')
    database.exec('pragma wal_checkpoint(restart)')
    database.exec("insert into setting values ('checkpoint', '') on conflict (key) do update set value = ''")
  }
  const { size, mtimeNs } = statSync(path, { bigint: true })
  writeFileSync(fingerprintPath, size + ' ' + mtimeNs)
}
`
