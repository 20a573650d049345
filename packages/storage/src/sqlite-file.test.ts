import { spawn } from 'node:child_process'
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { DatabaseSync } from 'node:sqlite'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openSqlite } from './dialect/node-sqlite.ts'
import { whileBusy } from './dialect/sqlite-faults.ts'
import { migrate } from './migrate.ts'
import { migrations } from './migrations.ts'
import { openStorage, type Storage } from './open-storage.ts'
import type { RunRecord } from './run-records.ts'
import { currentSchema } from './schema.ts'
import { aBatch, aFlow, aMessage, aRun, aUser } from './test-records.ts'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'runnel-sqlite-'))
  path = join(folder, 'data', 'runnel.db')
})
afterEach(() => rmSync(folder, { recursive: true }))

const userId = '0190a5d4-0000-7000-8000-000000000001'

/** A database of some pages, closed. */
async function fill(messages = 200): Promise<void> {
  const storage = await openStorage({ sqlitePath: path })
  await storage.users.add(aUser({ id: userId }))
  await storage.messages.save(Array.from({ length: messages }, () => aMessage(userId, { text: 'x'.repeat(500) })))
  await storage.close()
}

async function expectDamaged(why: RegExp): Promise<void> {
  const before = readFileSync(path)
  const opening = openStorage({ sqlitePath: path })
  await expect(opening).rejects.toMatchObject({ name: 'CannotOpenStorage', message: expect.stringMatching(why) })
  await expect(opening).rejects.toThrow(`The database ${path} is damaged`)
  expect(readFileSync(path).equals(before)).toBe(true)
}

test('a path, an SQLAlchemy address and memory are all SQLite', async () => {
  for (const databaseUrl of [path, `sqlite:///${path}`, ':memory:', 'sqlite://']) {
    const storage = await openStorage({ databaseUrl })
    expect(storage.dialect).toBe('sqlite')
    await storage.close()
  }
  expect(statSync(path).size).toBeGreaterThan(0)
})

test('a second opening of the same file is refused, and the first goes on', async () => {
  const storage = await openStorage({ sqlitePath: path })
  await expect(openStorage({ sqlitePath: path })).rejects.toThrow(`it holds the lock ${path}.lock`)
  await storage.ping()
  await storage.close()
  await (await openStorage({ sqlitePath: path })).close()
})

test('a folder that cannot be made is named', async () => {
  writeFileSync(join(folder, 'file'), '')
  await expect(openStorage({ sqlitePath: join(folder, 'file', 'runnel.db') })).rejects.toThrow(/data folder .*file/)
})

test('a file of another type is refused and left alone', async () => {
  await fill(1)
  writeFileSync(path, 'these are the notes of a user, not a database\n'.repeat(100))
  await expectDamaged(/not an SQLite database/)
})

test('a file cut in half is refused and left alone', async () => {
  await fill()
  truncateSync(path, Math.floor(statSync(path).size / 2))
  await expectDamaged(/pages are missing/)
})

test('an emptied file is refused and left alone', async () => {
  await fill(1)
  truncateSync(path, 0)
  await expectDamaged(/it is empty/)
})

test.each([0.3, 0.5, 0.7])('noise in a page at %d of the file is refused and left alone', async (part) => {
  await fill()
  const bytes = readFileSync(path)
  const at = Math.floor((bytes.length * part) / 4096) * 4096
  crypto.getRandomValues(bytes.subarray(at, at + 4096))
  writeFileSync(path, bytes)
  await expectDamaged(/damaged/)
})

test('a database moved away from its log is not taken for a new one', async () => {
  await fill(1)
  writeFileSync(`${path}-wal`, 'log')
  renameSync(path, `${path}.moved`)
  await expect(openStorage({ sqlitePath: path })).rejects.toThrow(/is missing, but its log/)
  expect(existsSync(path)).toBe(false)
})

test('a full disk refuses writes with 503, lets reads go on, and is over when there is room', async () => {
  const engine = openSqlite(path)
  await engine.migrating(async ({ query }) => {
    await query('create table setting (key text primary key, value text not null)')
  })
  const insert = (db = engine.db) =>
    db
      .insertInto('setting')
      .values({ key: 'long', value: 'x'.repeat(1e6) })
      .execute()
  await sql.raw('pragma max_page_count = 20').execute(engine.db)
  await expect(insert()).rejects.toMatchObject({ code: 'overloaded', status: 503, message: /disk is full/ })
  await expect(engine.db.transaction().execute((transaction) => insert(transaction))).rejects.toMatchObject({
    code: 'overloaded',
  })
  expect(await engine.db.selectFrom('setting').selectAll().execute()).toEqual([])
  await sql.raw('pragma max_page_count = 100000').execute(engine.db)
  await insert()
  await engine.close()
})

test('a read-only database refuses writes with 503 and lets reads go on', async () => {
  const engine = openSqlite(path)
  await engine.migrating(async ({ query }) => {
    await query('create table setting (key text primary key, value text not null)')
  })
  await sql.raw('pragma query_only = on').execute(engine.db)
  await expect(engine.ping()).rejects.toMatchObject({ code: 'overloaded', message: /read-only/ })
  expect(await engine.db.selectFrom('setting').selectAll().execute()).toEqual([])
  await engine.close()
})

test('a disk that fails to sync is 503, and what comes next does not depend on what it may have lost', async () => {
  const [lost, kept] = [aRun(userId, 'flow'), aRun(userId, 'flow')]
  let syncs = 0
  const engine = openSqlite(path, {
    syncFile: async () => {
      syncs += 1
      if (syncs === 1) throw Object.assign(new Error('EIO: i/o error, fdatasync'), { code: 'EIO' })
    },
  })
  await migrate(engine, { migrations, current: currentSchema })
  const commit = (run: RunRecord) => engine.commit([aBatch(run)], [])
  await expect(commit(lost)).rejects.toMatchObject({ code: 'overloaded', message: /disk reports an error/ })
  await commit(kept)
  // The file without its log has what stands before the second run.
  copyFileSync(path, join(folder, 'copy.db'))
  const copy = new DatabaseSync(join(folder, 'copy.db'), { readOnly: true })
  expect(copy.prepare('select id from run').all()).toEqual([{ id: lost.id }])
  copy.close()
  expect(syncs).toBe(2)
  await engine.close()
})

test('writes wait for another program that holds the database, without stopping the event loop', async () => {
  const storage = await openStorage({ sqlitePath: path })
  const { id } = await storage.users.add(aUser())
  const other = new DatabaseSync(path)
  other.exec('begin immediate')
  const writing = Promise.all([
    storage.runs.record(aBatch(aRun(id, 'flow'))),
    storage.flows.add(aFlow(id)),
    storage.flows.addMany([aFlow(id)]),
    storage.ping(),
  ])
  // This very thread holds the lock: a write that stopped the event loop would wait in vain, and fail below.
  const until = performance.now() + 100
  for (let turns = 0; turns < 20 || performance.now() < until; turns++) {
    await new Promise((resolve) => setImmediate(resolve))
  }
  other.exec('rollback')
  other.close()
  await writing
  expect(await storage.flows.count(id)).toBe(2)
  await storage.close()
})

test('a database that stays locked is 503', async () => {
  const busy = Object.assign(new Error('database is locked'), { errcode: 5 })
  const working = whileBusy(() => {
    throw busy
  }, 5)
  await expect(working).rejects.toMatchObject({ code: 'overloaded', message: /locked by another program/ })
})

test('the log is moved into the file while writing goes on, and stays short', async () => {
  const storage = await openStorage({ sqlitePath: path })
  const { id } = await storage.users.add(aUser())
  const text = 'x'.repeat(20_000)
  let longest = 0
  for (let written = 0; written < 3000 || !existsSync(`${path}.checked`); written += 50) {
    await Promise.all(Array.from({ length: 50 }, () => storage.messages.save([aMessage(id, { text })])))
    longest = Math.max(longest, statSync(`${path}-wal`).size)
  }
  await storage.close()
  expect(longest).toBeGreaterThan(4e6)
  expect(existsSync(`${path}-wal`)).toBe(false)
})

test('every acknowledged batch is there after kill -9, and nothing has to be cleaned up', async () => {
  await fill(1)
  for (const acknowledged of [300, 100]) {
    const ids = await writeUntilKilled(acknowledged)
    // What a power cut may leave behind the last commit.
    appendFileSync(`${path}-wal`, crypto.getRandomValues(new Uint8Array(5000)))
    const storage = await openStorage({ sqlitePath: path })
    await expectWhole(storage, ids)
    await storage.close()
  }
})

async function expectWhole(storage: Storage, ids: readonly string[]): Promise<void> {
  const runs = await storage.runs.list({ userId, limit: 100_000 })
  const found = new Set(runs.map((run) => run.id))
  expect(ids.filter((id) => !found.has(id))).toEqual([])
  const messages = await storage.messages.find({ userId, flowId: 'flow' })
  // All or nothing: a run has its message, a message its run.
  expect(new Set(messages.map((message) => message.run_id))).toEqual(found)
}

/** Starts a process that writes for ever, kills it after so many batches, and tells which ones it was told are safe. */
async function writeUntilKilled(enough: number): Promise<readonly string[]> {
  const here = JSON.stringify(import.meta.dirname)
  const child = spawn(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `const { openStorage } = await import(${here} + '/open-storage.ts')
       const { aBatch, aRun } = await import(${here} + '/test-records.ts')
       const storage = await openStorage({ sqlitePath: ${JSON.stringify(path)} })
       const write = async () => {
         for (;;) {
           const run = aRun(${JSON.stringify(userId)}, 'flow')
           await storage.runs.record(aBatch(run, ['A', 'B']))
           process.stdout.write(run.id + '\\n')
         }
       }
       for (let writer = 0; writer < 8; writer += 1) write()`,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const ids: string[] = []
  try {
    for await (const id of createInterface({ input: child.stdout })) {
      ids.push(id)
      if (ids.length === enough) child.kill('SIGKILL')
    }
  } finally {
    child.kill('SIGKILL')
  }
  expect(ids.length).toBeGreaterThanOrEqual(enough)
  return ids
}
