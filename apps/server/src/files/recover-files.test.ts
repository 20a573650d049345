import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type TestApp, testApp } from '../test-app.ts'
import { createFileStore, type FileStore } from './file-store.ts'
import { changingMark, growingMark, leavingMark } from './marks.ts'
import { recoverFiles } from './recover-files.ts'
import { createUserFileService } from './user-file-service.ts'

let app: TestApp
let folder: string
let store: FileStore
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'runnel-recover-'))
  app = await testApp({ user: 'ada', env: { LANGFLOW_CONFIG_DIR: folder } })
  store = createFileStore(folder)
})
afterEach(async () => {
  await app.close()
  rmSync(folder, { recursive: true, force: true })
})

const add = async (content: string, name: string) => {
  const mark = `new_${name}`
  const size = await store.receive(mark, Readable.from([content]))
  const files = createUserFileService({ storage: app.storage, store, maxMegabytes: 1, now: app.clock.now })
  return files.add(app.user.id, { name, mark, size })
}
const recover = (dialect: 'sqlite' | 'postgres' = 'sqlite') =>
  recoverFiles({ storage: { files: app.storage.files, dialect }, store, now: app.clock.now })
const onDisk = (owner = app.user.id) => store.list(owner)
const nowhere = '00000000-0000-4000-8000-000000000000'

test('content that was on its way is gone after a crash', async () => {
  await store.receive('new_a', Readable.from(['half']))
  await recover()
  expect(await store.marks()).toEqual([])
})

test('bytes whose row was not written are taken back; those with a row stay', async () => {
  const file = await add('x', 'a.txt')
  const [kept, lost] = [`${file.id}.txt`, `${nowhere}.txt`]
  await store.mark(changingMark(app.user.id, kept))
  await store.receive(changingMark(app.user.id, lost), Readable.from(['y']))
  await store.publish(changingMark(app.user.id, lost), app.user.id, lost)
  await recover()
  expect(await onDisk()).toEqual([kept])
  expect(await store.marks()).toEqual([])
})

test('a file whose row is gone already is removed', async () => {
  const file = await add('x', 'a.txt')
  await store.mark(changingMark(app.user.id, `${file.id}.txt`))
  await app.storage.files.remove(app.user.id, [file.id])
  await recover()
  expect(await onDisk()).toEqual([])
})

test('a row says the size the file has grown to', async () => {
  const file = await add('x', 'a.txt')
  await store.mark(growingMark(app.user.id, `${file.id}.txt`))
  writeFileSync(join(folder, 'files', app.user.id, `${file.id}.txt`), 'longer')
  await recover()
  expect(await app.storage.files.find(app.user.id, file.id)).toEqual({ ...file, size: 6 })
})

test('the folder of a flow that is gone is removed; that of a user who stayed is not', async () => {
  await add('x', 'a.txt')
  await store.receive('new_b', Readable.from(['y']))
  await store.publish('new_b', nowhere, 'b.txt')
  await store.mark(leavingMark(app.user.id), leavingMark(nowhere))
  await recover()
  expect(await onDisk()).toHaveLength(1)
  expect(readdirSync(join(folder, 'files')).sort()).toEqual(['.pending', app.user.id])
})

test('folders nobody marked are left alone, whoever owns them', async () => {
  await store.receive('new_b', Readable.from(['y']))
  await store.publish('new_b', nowhere, 'b.txt')
  await recover()
  expect(await onDisk(nowhere)).toEqual(['b.txt'])
})

test('what another server on the same Postgres may be doing is left alone for a day', async () => {
  await store.mark('new_old', 'new_young')
  const twoDaysAgo = app.clock.now() / 1000 - 2 * 86_400
  utimesSync(join(folder, 'files', '.pending', 'new_old'), twoDaysAgo, twoDaysAgo)
  await recover('postgres')
  expect(await store.marks()).toMatchObject([{ mark: 'new_young' }])
})
