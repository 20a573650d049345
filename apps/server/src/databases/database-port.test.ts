import { DatabaseSync } from 'node:sqlite'
import type { FilesPort } from '@runnel/sdk'
import { expect, test } from 'vitest'
import { createAddressRules } from '../egress/address-rules.ts'
import { createDatabases } from './database-port.ts'

const open = new AbortController().signal

function databasesOf(writes: boolean) {
  const database = new DatabaseSync(':memory:')
  database.exec("create table plan (name text); insert into plan values ('Free')")
  const held = new Map<string, Uint8Array>([['shop.db', database.serialize()]])
  let last: Promise<unknown> = Promise.resolve()
  const files: FilesPort = {
    read: async (path) => ({
      name: path,
      mediaType: '',
      bytes: held.get(path.slice('ada/'.length)) ?? new Uint8Array(),
    }),
    list: async () => Array.from(held, ([name, bytes]) => ({ path: `ada/${name}`, name, size: bytes.length })),
    save(name, content) {
      // One after the other, as the port promises.
      const saving = last.then(async () => {
        const bytes = await content(held.get(name))
        held.set(name, bytes)
        return { path: `ada/${name}`, name, size: bytes.length }
      })
      last = saving.catch(() => undefined)
      return saving
    },
  }
  return createDatabases({ files, writes, rules: createAddressRules({ allowed: [] }) })
}

test.each(['sqlite:///shop.db', 'sqlite+aiosqlite:///ada/shop.db', ' SQLITE:///shop.db '])(
  '%s is a file of the user',
  async (url) => {
    await expect(databasesOf(false).query(url, 'select name from plan', open)).resolves.toEqual({
      columns: ['name'],
      rows: [{ name: 'Free' }],
      isCut: false,
    })
  },
)

test('a file is changed only where that is allowed', async () => {
  const insert = "insert into plan values ('Team')"
  await expect(databasesOf(false).query('sqlite:///shop.db', insert, open)).rejects.toMatchObject({
    code: 'bad_request',
  })
  const databases = databasesOf(true)
  await Promise.all([1, 2, 3].map(() => databases.query('sqlite:///shop.db', insert, open)))
  expect((await databases.query('sqlite:///shop.db', 'select count(*) as n from plan', open)).rows).toEqual([{ n: 4 }])
})

test('a database in memory is empty each time', async () => {
  expect((await databasesOf(false).query('sqlite://', 'select 1 as one', open)).rows).toEqual([{ one: 1 }])
})

test.each([
  ['sqlite:////etc/passwd', /no file "etc\/passwd" of yours/],
  ['sqlite:///../runnel.db', /no file/],
  ['duckdb:///x.db', /of the kind "duckdb" are not known/],
  ['mysql://u:p@h/d', /of the kind "mysql"/],
  ['postgresql://', /no URL/],
  ['', /of the kind ""/],
])('%j names no database', async (url, message) => {
  await expect(databasesOf(true).query(url, 'select 1', open)).rejects.toMatchObject({ code: 'invalid_field', message })
})

test('a server inside is not asked', async () => {
  const asked = databasesOf(false).query('postgresql+psycopg2://u:p@169.254.169.254/d', 'select 1', open)
  await expect(asked).rejects.toMatchObject({ code: 'address_refused' })
})
