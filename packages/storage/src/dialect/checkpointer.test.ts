import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createCheckpointer } from './checkpointer.ts'

let folder: string
let database: DatabaseSync
let path: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'runnel-checkpointer-'))
  path = join(folder, 'test.db')
  database = new DatabaseSync(path)
  database.exec('pragma journal_mode = wal; pragma wal_autocheckpoint = 0; create table page (bytes blob)')
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})
afterEach(() => {
  vi.useRealTimers()
  database.close()
  rmSync(folder, { recursive: true })
})

const addMegabytes = (megabytes: number) =>
  database.prepare('insert into page values (zeroblob(?))').run(megabytes * 1_000_000)

/** Lets it look at the log once. @returns the pages of the log that are not in the database file */
async function pagesLeft(): Promise<number> {
  const checkpointer = createCheckpointer(path)
  checkpointer.touch()
  vi.advanceTimersByTime(1000)
  await checkpointer.stop()
  const { log, checkpointed } = database.prepare('pragma wal_checkpoint(noop)').get() ?? {}
  return Number(log) - Number(checkpointed)
}

test('a long log is moved into the database file', async () => {
  addMegabytes(5)
  expect(await pagesLeft()).toBe(0)
})

test('a short log is left alone, also where the file of the log has been long once', async () => {
  addMegabytes(1)
  expect(await pagesLeft()).toBeGreaterThan(200)
  addMegabytes(4)
  expect(await pagesLeft()).toBe(0)
  addMegabytes(1)
  expect(await pagesLeft()).toBeGreaterThan(200)
})
