import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Client } from '@runnel/client'
import {
  deleteAllUserFiles,
  deleteUserFile,
  deleteUserFiles,
  downloadUserFile,
  downloadUserFiles,
  listUserFiles,
  renameUserFile,
  uploadUserFile,
} from '@runnel/protocol/files'
import { deleteUser } from '@runnel/protocol/users'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { unzip } from '../http/unzip.ts'
import { type TestApp, testApp } from '../test-app.ts'

let app: TestApp
let folder: string
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'runnel-user-files-'))
  const env = { LANGFLOW_CONFIG_DIR: folder, LANGFLOW_MAX_FILE_SIZE_UPLOAD: '1' }
  app = await testApp({ user: 'ada', superuser: true, env })
})
afterEach(async () => {
  await app.close()
  rmSync(folder, { recursive: true, force: true })
})

const upload = (content: string, name: string, { client = app.client, append = false }: Upload = {}) => {
  const form = new FormData()
  form.append('file', new File([content], name))
  return client.call(uploadUserFile, { form, query: { append } })
}
interface Upload {
  readonly client?: Client
  readonly append?: boolean
}
const onDisk = (userId = app.user.id) => readdirSync(join(folder, 'files', userId)).sort()
const marks = () => readdirSync(join(folder, 'files', '.pending'))
const nowhere = '00000000-0000-4000-8000-000000000000'

test('an upload is listed and downloaded under its name, and kept under its id', async () => {
  const { client, user } = app
  const file = await upload('hello v2', '报告 1.txt')
  const path = `${user.id}/${file.id}.txt`
  expect(file).toEqual({ id: expect.any(String), name: '报告 1', path, size: 8, provider: null })
  expect(onDisk()).toEqual([`${file.id}.txt`])
  const date = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$/)
  expect(await client.call(listUserFiles, {})).toEqual([
    { ...file, user_id: user.id, created_at: date, updated_at: date },
  ])
  const answer = await client.request(downloadUserFile, { params: { file_id: file.id } })
  expect(await answer.text()).toBe('hello v2')
  expect(answer.headers.get('content-type')).toBe('application/octet-stream')
  expect(answer.headers.get('content-disposition')).toBe(
    `attachment; filename="__ 1.txt"; filename*=UTF-8''%E6%8A%A5%E5%91%8A%201.txt`,
  )
  const params = { file_id: file.id }
  expect(await client.call(downloadUserFile, { params, query: { return_content: true } })).toBe('hello v2')
})

test('names are counted whatever their extension, also when uploads come together', async () => {
  const uploads = await Promise.all(['a.txt', 'a.csv', 'a.txt', 'a', 'a-final.txt'].map((name) => upload('x', name)))
  expect(uploads.map(({ name }) => name).sort()).toEqual(['a', 'a (1)', 'a (2)', 'a (3)', 'a-final'])
  expect(marks()).toEqual([])
})

test('an appended upload grows the file of its name', async () => {
  const file = await upload('one ', 'log.txt', { append: true })
  await Promise.all([upload('two ', 'log.txt', { append: true }), upload('two ', 'log.txt', { append: true })])
  const other = await upload('x', 'log.csv', { append: true })
  expect(other.name).toBe('log (1)')
  expect(await app.client.call(listUserFiles, {})).toMatchObject([{ id: file.id, size: 12 }, { id: other.id }])
  const params = { file_id: file.id }
  expect(await app.client.call(downloadUserFile, { params, query: { return_content: true } })).toBe('one two two ')
  expect(marks()).toEqual([])
  await expect(upload('x'.repeat(1024 * 1024), 'log.txt', { append: true })).rejects.toMatchObject({ status: 413 })
  expect(marks()).toEqual([])
})

test('a renamed file keeps its path', async () => {
  const { client } = app
  const file = await upload('x', 'a.txt')
  await upload('y', 'b.txt')
  const rename = (name: string) => client.call(renameUserFile, { params: { file_id: file.id }, query: { name } })
  expect(await rename('new_file_name')).toEqual({ ...file, name: 'new_file_name' })
  await expect(rename('b')).rejects.toMatchObject({ status: 400, detail: 'Name must be unique' })
  for (const name of ['../b', 'a/b', 'x'.repeat(256)]) await expect(rename(name)).rejects.toMatchObject({ status: 400 })
  const ghost = client.call(renameUserFile, { params: { file_id: nowhere }, query: { name: 'c' } })
  await expect(ghost).rejects.toMatchObject({ status: 404, detail: 'File not found' })
})

test('deleted files are gone from the list and from the disk', async () => {
  const { client } = app
  const [a, b, c, d] = [await upload('x', 'a'), await upload('x', 'b'), await upload('x', 'c'), await upload('x', 'd')]
  expect(await client.call(deleteUserFile, { params: { file_id: a.id } })).toEqual({
    message: 'File deleted successfully',
    detail: 'File a deleted successfully',
  })
  await expect(client.call(deleteUserFile, { params: { file_id: a.id } })).rejects.toMatchObject({ status: 404 })
  expect(onDisk()).toEqual([b.id, c.id, d.id].sort())
  const batch = await client.call(deleteUserFiles, { body: [b.id, c.id, nowhere, a.id] })
  expect(batch).toEqual({ message: '2 files deleted successfully' })
  expect(onDisk()).toEqual([d.id])
  await expect(client.call(deleteUserFiles, { body: [a.id] })).rejects.toMatchObject({
    status: 404,
    detail: 'No files found',
  })
  expect(await client.call(deleteAllUserFiles, {})).toEqual({ message: 'All files deleted successfully' })
  expect(await client.call(deleteAllUserFiles, {})).toEqual({ message: 'All files deleted successfully' })
  expect(onDisk()).toEqual([])
  expect(marks()).toEqual([])
})

test('several files come as a zip; missing ones are left out', async () => {
  const { client, user } = app
  const [a, b, c] = [await upload('one', 'a.txt'), await upload('', 'A.txt'), await upload('x', 'gone.txt')]
  rmSync(join(folder, 'files', user.id, `${c.id}.txt`))
  const answer = await client.request(downloadUserFiles, { body: [a.id, b.id, c.id, nowhere] })
  expect(answer.headers.get('content-type')).toBe('application/x-zip-compressed')
  expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename=\d{8}_\d{6}_langflow_files\.zip$/)
  const files = unzip(Buffer.from(await answer.arrayBuffer()), '.txt')
  expect(files.map(({ name, content }) => [name, content.toString()])).toEqual([
    ['a.txt', 'one'],
    ['A (1).txt', ''],
  ])
  await expect(client.call(downloadUserFiles, { body: [nowhere] })).rejects.toMatchObject({ status: 404 })
  const missing = client.call(downloadUserFile, { params: { file_id: c.id } })
  await expect(missing).rejects.toMatchObject({ status: 404, detail: 'File not found' })
})

test("another user's files are not there, for every verb", async () => {
  const file = await upload('secret', 'a.txt')
  const bob = await app.person('bob')
  const own = await upload('mine', 'a.txt', { client: bob.client })
  expect(own.name).toBe('a')
  const params = { file_id: file.id }
  const none = { status: 404, detail: 'File not found' }
  const { call } = bob.client
  await expect(call(downloadUserFile, { params })).rejects.toMatchObject(none)
  await expect(call(downloadUserFile, { params, query: { return_content: true } })).rejects.toMatchObject(none)
  await expect(call(renameUserFile, { params, query: { name: 'b' } })).rejects.toMatchObject(none)
  await expect(call(deleteUserFile, { params })).rejects.toMatchObject(none)
  await expect(call(downloadUserFiles, { body: [file.id] })).rejects.toMatchObject({ status: 404 })
  await expect(call(deleteUserFiles, { body: [file.id] })).rejects.toMatchObject({ status: 404 })
  await call(deleteAllUserFiles, {})
  expect(await app.client.call(listUserFiles, {})).toMatchObject([{ id: file.id, name: 'a' }])
  expect(onDisk()).toEqual([`${file.id}.txt`])
})

test('a user takes the files along', async () => {
  const bob = await app.person('bob')
  await upload('x', 'a.txt', { client: bob.client })
  await upload('y', 'b.txt')
  await app.client.call(deleteUser, { params: { user_id: bob.user.id } })
  expect(readdirSync(join(folder, 'files')).sort()).toEqual(['.pending', app.user.id])
})

test.each(['/api/v2/files', '/api/v2/files/'])('%s answers in both spellings', async (url) => {
  const { statusCode, body } = await app.app.inject({ url, headers: { 'x-api-key': app.apiKey } })
  expect([statusCode, body]).toEqual([200, '[]'])
  expect((await app.app.inject(url)).statusCode).toBe(403)
})
