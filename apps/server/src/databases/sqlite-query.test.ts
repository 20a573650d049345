import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { querySqlite } from './sqlite-query.ts'

const open = new AbortController().signal

function shop({ wal = false } = {}): Uint8Array {
  const database = new DatabaseSync(':memory:')
  database.exec(`
    create table plan (name text, price real, seats integer, logo blob);
    insert into plan values ('Free', 0, 1, x'00ff'), ('Team', 9.5, 9007199254740993, null);`)
  const bytes = database.serialize()
  // As the header of a file says that is written ahead.
  if (wal) bytes.fill(2, 18, 20)
  return bytes
}
const asked = (statement: string, writes = false, bytes = shop()) => querySqlite({ statement, bytes, writes }, open)

test('gives the rows of a database, with numbers as far as they are exact', async () => {
  await expect(asked('select * from plan order by price')).resolves.toMatchObject({
    columns: ['name', 'price', 'seats', 'logo'],
    rows: [
      { name: 'Free', price: 0, seats: 1, logo: 'AP8=' },
      { name: 'Team', price: 9.5, seats: '9007199254740993', logo: null },
    ],
    isCut: false,
  })
  const twice = await asked('select name, count(*) as name from plan')
  expect(twice).toMatchObject({ columns: ['name', 'name_1'], rows: [{ name_1: 2 }] })
})

test('reads a database that was written ahead, and one that is empty', async () => {
  expect((await asked('select name from plan', false, shop({ wal: true }))).rows).toHaveLength(2)
  expect((await asked('select 1 as one', false, new Uint8Array())).rows).toEqual([{ one: 1 }])
})

test('tells what the database is made of', async () => {
  expect((await asked("select name from sqlite_master where type = 'table'")).rows).toEqual([{ name: 'plan' }])
  expect((await asked('pragma table_info(plan)')).rows).toHaveLength(4)
  expect((await asked("select name, type from pragma_table_info('plan')")).rows[1]).toEqual({
    name: 'price',
    type: 'REAL',
  })
})

const outside = join(tmpdir(), `runnel-outside-${process.pid}.db`)
test.each([
  "insert into plan values ('x', 1, 1, null)",
  'drop table plan',
  `attach '${outside}' as other`,
  `vacuum into '${outside}'`,
  "select load_extension('/lib/x.so')",
  'pragma journal_mode = wal',
  'create temp table t (x)',
])('refuses %s', async (statement) => {
  await expect(asked(statement)).rejects.toMatchObject({ code: 'bad_request', message: /author/ })
  expect(existsSync(outside)).toBe(false)
})

test.each([`attach '${outside}' as other`, `vacuum into '${outside}'`])(
  'refuses %s also to who may write',
  async (statement) => {
    await expect(asked(statement, true)).rejects.toMatchObject({ code: 'bad_request' })
    expect(existsSync(outside)).toBe(false)
  },
)

test('who may write gets the changed database', async () => {
  const { bytes, rows } = await asked("insert into plan values ('Firm', 99, 50, null)", true)
  expect(rows).toEqual([])
  expect((await asked('select name from plan', false, bytes)).rows).toHaveLength(3)
})

test.each([
  ['select 1; select 2', 'only one statement can be run at a time'],
  ['select * from missing', 'no such table: missing'],
  ['selec', 'near "selec": syntax error'],
  ['select length(randomblob(900000000))', 'string or blob too big'],
])('says what is wrong with %s', async (statement, message) => {
  await expect(asked(statement)).rejects.toMatchObject({ code: 'bad_request', message })
})

test('bytes that are no database are said to be none', async () => {
  const bytes = new TextEncoder().encode('x'.repeat(4096))
  await expect(asked('select * from plan', false, bytes)).rejects.toMatchObject({ message: 'file is not a database' })
})

const endless = 'with recursive t(n) as (select 1 union all select n + 1 from t) select'

test('gives so many rows and no more', async () => {
  const { rows, isCut } = await asked(`${endless} n from t`)
  expect([rows.length, isCut]).toEqual([10_000, true])
})

test('a statement does not fill the memory', async () => {
  const numbers = 'with recursive n(i) as (select 1 union all select i + 1 from n limit 200)'
  const statement = `create table big as ${numbers} select randomblob(1000000) as noise from n`
  for (const bytes of [shop(), new Uint8Array()]) {
    await expect(querySqlite({ statement, bytes, writes: true }, open)).rejects.toMatchObject({
      code: 'bad_request',
      message: 'database or disk is full',
    })
  }
})

test('ends a statement that takes too long, and one nobody waits for', async () => {
  const statement = `${endless} count(*) from t`
  const late = querySqlite({ statement, bytes: shop(), writes: false }, open, 300)
  await expect(late).rejects.toMatchObject({ message: 'it took longer than 0.3 seconds' })
  const stop = new AbortController()
  const left = querySqlite({ statement, bytes: shop(), writes: false }, stop.signal)
  setImmediate(() => stop.abort(new Error('left')))
  await expect(left).rejects.toThrow('left')
})
