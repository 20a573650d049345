import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Engine } from './dialect/engine.ts'
import { openSqlite } from './dialect/node-sqlite.ts'
import { migrate, type Schema } from './migrate.ts'
import { migrations } from './migrations.ts'
import { currentSchema } from './schema.ts'

let folder: string
let engine: Engine
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'runnel-migrate-'))
  engine = openSqlite(join(folder, 'runnel.db'))
})
afterEach(async () => {
  await engine.close()
  rmSync(folder, { recursive: true })
})

const first: Schema = {
  migrations: { '0001-initial': () => ['create table dog (name text)'] },
  current: () => ['create table dog (name text)'],
}
const second: Schema = {
  migrations: {
    ...first.migrations,
    '0002-age': () => ['alter table dog add column age bigint', 'update dog set age = 1'],
  },
  current: () => ['create table dog (name text, age bigint)'],
}
const rows = async (query: string) =>
  (await sql.raw(query).execute(engine.db)).rows.map((row) => ({ ...(row as object) }))
const applied = () => rows('select name from schema_migration order by name')

test('an empty database gets the current schema and no migration has to run', async () => {
  await migrate(engine, {
    ...second,
    migrations: { '0001-initial': () => ['nonsense'], '0002-age': () => ['nonsense'] },
  })
  expect(await rows('select name, age from dog')).toEqual([])
  expect(await applied()).toEqual([{ name: '0001-initial' }, { name: '0002-age' }])
})

test('an older database keeps its rows and gets what it lacks', async () => {
  await migrate(engine, first)
  await rows("insert into dog (name) values ('Rex')")
  await migrate(engine, second)
  await migrate(engine, second)
  expect(await rows('select name, age from dog')).toEqual([{ name: 'Rex', age: 1 }])
  expect(await applied()).toHaveLength(2)
})

test('a migration that fails leaves the database as it was', async () => {
  await migrate(engine, first)
  const broken = { ...second.migrations, '0002-age': () => ['alter table dog add column age bigint', 'nonsense'] }
  await expect(migrate(engine, { ...second, migrations: broken })).rejects.toThrow(/0002-age .*changed nothing/)
  expect(await applied()).toEqual([{ name: '0001-initial' }])
  await migrate(engine, second)
  expect(await applied()).toHaveLength(2)
})

test('a database of a newer release is refused', async () => {
  await migrate(engine, second)
  await expect(migrate(engine, first)).rejects.toThrow(/runnel\.db was written by a newer release.*0002-age/)
})

test('the chain of migrations ends where the current schema begins', async () => {
  const tables = "select type, name, sql from sqlite_master where name not like 'sqlite_%' order by name"
  await migrate(engine, { migrations, current: currentSchema })
  const created = await rows(tables)
  const chained = openSqlite(':memory:')
  await migrate(chained, { migrations: {}, current: () => [] })
  await migrate(chained, { migrations, current: currentSchema })
  const { rows: found } = await sql.raw(tables).execute(chained.db)
  expect(found.map((row) => ({ ...(row as object) }))).toEqual(created)
  await chained.close()
})
