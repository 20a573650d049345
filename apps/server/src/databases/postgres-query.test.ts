import { once } from 'node:events'
import { createServer } from 'node:net'
import { type TestPostgres, testPostgres } from '@runnel/testing/test-postgres'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { createAddressRules } from '../egress/address-rules.ts'
import { ConnectError, queryPostgres } from './postgres-query.ts'

const open = new AbortController().signal
const here = createAddressRules({ allowed: ['127.0.0.1', 'localhost'] })

let server: TestPostgres | undefined
beforeAll(async () => {
  server = await testPostgres()
  if (!server) return
  const start = 'create table plan (name text, price numeric, seats bigint, made timestamptz, tags jsonb, logo bytea)'
  await asked(start, true)
  await asked(
    `insert into plan values ('Free', 0.5, 1, '2026-01-02T03:04:05Z', '["a"]', '\\x00ff'), ('Team', 9, 9007199254740993, null, null, null)`,
    true,
  )
})
afterAll(() => server?.stop())

const address = () => new URL((server?.url ?? '').replace(/^postgres(ql)?:/, 'http:'))
const asked = (statement: string, writes = false, signal = open, timeoutMs?: number) =>
  queryPostgres({ address: address(), statement, writes }, here, signal, timeoutMs)

test('gives rows, with numbers as far as they are exact', async ({ skip }) => {
  if (!server) skip()
  await expect(
    asked('select name, price, seats, tags, logo, price > 1 as dear, name from plan order by price'),
  ).resolves.toMatchObject({
    columns: ['name', 'price', 'seats', 'tags', 'logo', 'dear', 'name_1'],
    rows: [
      { name: 'Free', price: 0.5, seats: 1, tags: ['a'], logo: '\\x00ff', dear: false },
      { name: 'Team', price: 9, seats: '9007199254740993', tags: null, dear: true, name_1: 'Team' },
    ],
  })
  const none = await asked('select * from plan where false')
  expect([none.columns.length, none.rows]).toEqual([6, []])
})

test('reads only, unless it may write', async ({ skip }) => {
  if (!server) skip()
  await expect(asked("insert into plan (name) values ('x')")).rejects.toMatchObject({
    code: 'bad_request',
    message: 'cannot execute INSERT in a read-only transaction',
  })
  expect((await asked("insert into plan (name) values ('x') returning name", true)).rows).toEqual([{ name: 'x' }])
  await asked("delete from plan where name = 'x'", true)
})

test.each([
  'do $$ begin set default_transaction_read_only = off; commit; insert into plan (name) values (1); end $$',
  "copy (select 1) to '/tmp/plan'",
  "/* a select */ -- really\n copy (select 1) to program 'true'",
  "/* /* nested */ */ copy (select 1) to '/tmp/plan'",
])('%s is no reading', async (statement) => {
  if (!server) return
  const message = /cannot execute .* in a read-only transaction/
  await expect(asked(statement)).rejects.toMatchObject({ code: 'bad_request', message })
  expect((await asked('/* all */ (select 1 as one) -- ;')).rows).toEqual([{ one: 1 }])
})

test('what a statement calls writes nothing either', async ({ skip }) => {
  if (!server) skip()
  const body = "begin set local transaction_read_only = off; insert into plan (name) values ('x'); return 1; end"
  await asked(`create or replace function sneak() returns int language plpgsql as $$ ${body} $$`, true)
  await expect(asked('select sneak()')).rejects.toMatchObject({ code: 'bad_request' })
})

test('runs one statement, and says what is wrong with it', async ({ skip }) => {
  if (!server) skip()
  await expect(asked('select 1; drop table plan', true)).rejects.toMatchObject({ message: /multiple commands/ })
  await expect(asked('select * from missing')).rejects.toMatchObject({ message: 'relation "missing" does not exist' })
})

test('gives so many rows and no more, and ends what takes too long', async ({ skip }) => {
  if (!server) skip()
  const { rows, isCut } = await asked('select generate_series(1, 100000000) as n')
  expect([rows.length, isCut, rows[0]]).toEqual([10_000, true, { n: 1 }])
  await expect(asked('select pg_sleep(60)', false, open, 200)).rejects.toMatchObject({ message: /statement timeout/ })
  const stop = new AbortController()
  const left = asked('select pg_sleep(60)', false, stop.signal)
  setImmediate(() => stop.abort(new Error('left')))
  await expect(left).rejects.toThrow('left')
})

test('an address that may not be called is not called, and parameters of an address open nothing', async () => {
  const strict = createAddressRules({ allowed: [] })
  const ask = (url: string, rules = strict) =>
    queryPostgres({ address: new URL(url), statement: 'select 1', writes: false }, rules, open)
  await expect(ask('http://u:p@10.0.0.1/db')).rejects.toMatchObject({ code: 'address_refused' })
  await expect(ask('http://u:p@localhost/db')).rejects.toMatchObject({ code: 'address_refused' })
  const closed = ask('http://u:p@127.0.0.1:1/db?host=/var/run/postgresql&sslrootcert=/etc/passwd', here)
  await expect(closed).rejects.toBeInstanceOf(ConnectError)
})

const SSL_REQUEST = '\0\0\0\x08\x04\xd2\x16\x2f'

/** A server without TLS that asks for a password; gives all it was sent, in turn. */
async function askedWithout(encryption: string): Promise<readonly string[]> {
  const sent: string[] = []
  const listener = createServer((socket) => {
    const asksForPassword = Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 3])
    socket.on('data', (bytes) => {
      const text = bytes.toString('latin1')
      sent.push(text)
      if (text === SSL_REQUEST) socket.write('N')
      else if (text.startsWith('p')) socket.end()
      else socket.write(asksForPassword)
    })
  }).listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const { port } = z.object({ port: z.number() }).parse(listener.address())
  const address = new URL(`http://u@127.0.0.1:${port}/db${encryption}`)
  const ask = queryPostgres({ address, statement: 'select 1', writes: false }, here, open)
  await expect(ask).rejects.toBeInstanceOf(ConnectError)
  listener.close()
  return sent
}

test('an address without a password is not given one of the server', async () => {
  vi.stubEnv('PGPASSWORD', 'of the operator')
  expect((await askedWithout('?sslmode=disable')).at(-1)).toBe('p\0\0\0\x05\0')
  vi.unstubAllEnvs()
})

test('the connection is encrypted where the server can, and where the address demands it', async () => {
  const plain = await askedWithout('?sslmode=disable')
  expect([plain.length, plain[0] === SSL_REQUEST]).toEqual([2, false])
  const preferred = await askedWithout('')
  expect([preferred.length, preferred[0]]).toEqual([3, SSL_REQUEST])
  expect(await askedWithout('?sslmode=require')).toEqual([SSL_REQUEST])
  expect(await askedWithout('?sslmode=verify-full')).toEqual([SSL_REQUEST])
})

test.each(['http://127.0.0.1/db', 'http://%zz@127.0.0.1/db'])('%s is no address of a database', async (url) => {
  const ask = queryPostgres({ address: new URL(url), statement: 'select 1', writes: false }, here, open)
  await expect(ask).rejects.toBeInstanceOf(ConnectError)
})
