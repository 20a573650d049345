import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { createFlow } from '@runnel/protocol/flows'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type TestApp, testApp } from '../test-app.ts'
import { createFileReader } from './file-reader.ts'
import { createFileStore, type FileStore } from './file-store.ts'
import { createUserFileService } from './user-file-service.ts'

let app: TestApp
let folder: string
let store: FileStore
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'runnel-reader-'))
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
const reader = () => createFileReader(store, app.storage)

test('a run reads files of the user under their name, and not the files of others', async () => {
  const file = await add('hello', 'plan.txt')
  const path = `${app.user.id}/${file.id}.txt`
  const read = await reader()(app.user.id, path)
  expect({ ...read, bytes: Buffer.from(read.bytes).toString() }).toEqual({
    name: 'plan.txt',
    mediaType: 'text/plain',
    bytes: 'hello',
  })
  const bob = await app.person('bob')
  await expect(reader()(bob.user.id, path)).rejects.toMatchObject({ status: 400, message: `File ${path} not found` })
})

test.each([
  (id: string) => `${id}/../secret.txt`,
  (id: string) => `${id}/..`,
  (id: string) => `${id}/./a.txt`,
  (id: string) => `${id}//a.txt`,
  (id: string) => `/${id}/a.txt`,
  (id: string) => `${id}/a.txt\0.png`,
  (id: string) => `${id}\\a.txt`,
  (id: string) => `file:///${id}/a.txt`,
  (id: string) => `${id}/link.txt`,
  (id: string) => id.toUpperCase() + '/a.txt',
  () => '.pending/new_a',
  () => '../secret.txt',
  () => '/etc/passwd',
  () => '',
])('a run cannot read %s', async (pathOf) => {
  const file = await add('x', 'a.txt')
  writeFileSync(join(folder, 'secret.txt'), 'secret')
  writeFileSync(join(folder, 'files', 'secret.txt'), 'secret')
  symlinkSync(join(folder, 'secret.txt'), join(folder, 'files', app.user.id, 'link.txt'))
  await store.mark('new_a')
  expect(file.name).toBe('a')
  await expect(reader()(app.user.id, pathOf(app.user.id))).rejects.toMatchObject({ status: 400 })
})

test('files of a flow are read by the owner of the flow, whatever the endpoint names of others say', async () => {
  const flow = (name: string) => ({ name, data: { nodes: [], edges: [] } })
  const { id } = await app.client.call(createFlow, { body: flow('mine') })
  await store.receive('new_b', Readable.from(['bytes']))
  await store.publish('new_b', id, 'b.png')
  expect(await reader()(app.user.id, `${id}/b.png`)).toMatchObject({ name: 'b.png', mediaType: 'image/png' })
  const bob = await app.person('bob')
  for (const endpoint_name of [id, app.user.id]) {
    await bob.client.call(createFlow, { body: { ...flow(endpoint_name), endpoint_name } })
  }
  await expect(reader()(bob.user.id, `${id}/b.png`)).rejects.toMatchObject({ status: 400 })
  const file = await add('hello', 'plan.txt')
  await expect(reader()(bob.user.id, `${app.user.id}/${file.id}.txt`)).rejects.toMatchObject({ status: 400 })
})
