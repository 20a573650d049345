import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FilesPort } from '@runnel/sdk'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type TestApp, testApp } from '../test-app.ts'
import { createFileReader } from './file-reader.ts'
import { createFileStore } from './file-store.ts'
import { createRunFiles, type RunFiles } from './run-files.ts'
import { createUserFileService } from './user-file-service.ts'

let app: TestApp
let folder: string
let files: RunFiles
let mine: FilesPort
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'runnel-run-files-'))
  app = await testApp({ user: 'ada', env: { LANGFLOW_CONFIG_DIR: folder } })
  const store = createFileStore(folder)
  const { storage } = app
  const userFiles = createUserFileService({ storage, store, maxMegabytes: 1, now: app.clock.now })
  files = createRunFiles({ read: createFileReader(store, storage), userFiles, store, storage })
  mine = files.of(app.user.id)
})
afterEach(async () => {
  await app.close()
  rmSync(folder, { recursive: true, force: true })
})

const bytes = (text: string) => new TextEncoder().encode(text)
const contentOf = async (port: FilesPort, path: string) => Buffer.from((await port.read(path)).bytes).toString()

test('a run keeps a file, reads it back and finds it among the files of its user', async () => {
  const kept = await mine.save('notes.txt', () => bytes('one'))
  expect(kept).toMatchObject({ name: 'notes.txt', size: 3 })
  expect(await contentOf(mine, kept.path)).toBe('one')
  expect(await mine.list()).toEqual([kept])
  expect(await mine.list(app.user.id)).toEqual([kept])
})

test('a file of the same name is replaced by what is made of it', async () => {
  const first = await mine.save('notes.txt', (existing) => existing ?? bytes('one'))
  const second = await mine.save('notes.txt', (existing) => Buffer.concat([existing ?? bytes(''), bytes(' two')]))
  expect(second).toEqual({ ...first, size: 7 })
  expect(await contentOf(mine, first.path)).toBe('one two')
  expect(await mine.list()).toHaveLength(1)
})

test('writes of one name at the same time lose nothing', async () => {
  const add = (letter: string) =>
    mine.save('log.txt', (existing) => Buffer.concat([existing ?? bytes(''), bytes(letter)]))
  await Promise.all(['a', 'b', 'c', 'd'].map(add))
  const [log] = await mine.list()
  expect((await contentOf(mine, log?.path ?? '')).split('').sort().join('')).toBe('abcd')
})

test('another user has files of their own', async () => {
  const kept = await mine.save('notes.txt', () => bytes('mine'))
  const bob = files.of((await app.person('bob')).user.id)
  await bob.save('notes.txt', () => bytes('theirs'))
  expect(await contentOf(mine, kept.path)).toBe('mine')
  await expect(bob.read(kept.path)).rejects.toMatchObject({ status: 400 })
  await expect(bob.list(app.user.id)).rejects.toMatchObject({ message: 'There is no such folder.' })
})

test.each(['../up.txt', 'a/b.txt', '..', '', 'x'.repeat(300)])('no file is called %j', async (name) => {
  await expect(mine.save(name, () => bytes('x'))).rejects.toMatchObject({ code: 'file_name_invalid' })
  expect(await mine.list()).toEqual([])
})

test('no file is larger than an upload may be', async () => {
  await mine.save('big.txt', () => bytes('small'))
  await expect(mine.save('big.txt', () => new Uint8Array(1024 * 1024 + 1))).rejects.toMatchObject({
    code: 'file_too_large',
  })
  expect(await mine.list()).toMatchObject([{ size: 5 }])
})
