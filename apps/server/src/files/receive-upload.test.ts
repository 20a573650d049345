import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import net from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { uploadUserFile } from '@runnel/protocol/files'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type TestApp, testApp } from '../test-app.ts'

let app: TestApp
let folder: string
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'runnel-upload-'))
  app = await testApp({ user: 'ada', env: { LANGFLOW_CONFIG_DIR: folder, LANGFLOW_MAX_FILE_SIZE_UPLOAD: '1' } })
})
afterEach(async () => {
  await app.close()
  rmSync(folder, { recursive: true, force: true })
})

const MEGABYTE = 1024 * 1024
const TYPE = 'multipart/form-data; boundary=b'
const part = (name: string, content = 'hi') =>
  `--b\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\n\r\n${content}\r\n`
const post = (payload: string | Buffer, type: string = TYPE, headers: Readonly<Record<string, string>> = {}) =>
  app.app.inject({
    method: 'POST',
    url: '/api/v2/files',
    payload,
    headers: { 'x-api-key': app.apiKey, 'content-type': type, ...headers },
  })
const stored = () =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /_|\./.test(name.slice(14)))
const upload = (content: Uint8Array<ArrayBuffer>) => {
  const form = new FormData()
  form.append('file', new File([content], 'a.bin'))
  return app.client.call(uploadUserFile, { form })
}

const field = (name: string) => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\nv\r\n`
const end = '--b--\r\n'

test.each([
  ['no boundary', 'multipart/form-data', part('a') + end, 422, 'with a boundary parameter'],
  ['an empty boundary', 'multipart/form-data; boundary=', part('a') + end, 422, 'Invalid boundary format'],
  ['a long boundary', `multipart/form-data; boundary=${'b'.repeat(71)}`, part('a') + end, 422, 'Invalid boundary'],
  ['a foreign boundary', 'multipart/form-data; boundary=c', part('a') + end, 422, 'Invalid multipart formatting'],
  ['a boundary that never closes', TYPE, part('a', 'x'.repeat(100_000)), 422, 'Invalid multipart formatting'],
  ['no multipart at all', TYPE, 'garbage'.repeat(100), 422, 'Invalid multipart formatting'],
  ['another field', TYPE, field('data') + end, 422, 'Field required'],
  ['a text in place of the file', TYPE, field('file') + end, 422, 'Field required'],
  ['a file without a name', TYPE, part('') + end, 400, 'No file provided'],
  ['a name that leads out', TYPE, part('../a.txt') + end, 400, 'Invalid file name'],
  ['5000 fields', TYPE, field('f').repeat(5000) + end, 400, 'too many parts'],
  ['5000 files', TYPE, part('a').repeat(5000) + end, 400, 'too many parts'],
  [
    'long part headers',
    TYPE,
    part('a').replace('\r\n\r\n', `\r\nX: ${'x'.repeat(200_000)}\r\n\r\n`) + end,
    400,
    'too long',
  ],
  ['a JSON description of a file', 'application/json', '{"file":{"filename":"a"}}', 415, 'multipart/form-data'],
])('%s is refused and leaves nothing behind', async (_name, type, body, status, detail) => {
  const answer = await post(body, type)
  expect(answer.statusCode).toBe(status)
  expect(answer.body).toContain(detail)
  expect(stored()).toEqual([])
  expect(await app.storage.files.list(app.user.id)).toEqual([])
})

test('other parts, their order and bytes after the end do not matter', async () => {
  const answer = await post(`${field('a')}${part('a.txt', 'one')}${part('b.txt', 'two')}${field('c')}${end}more`)
  expect(answer.json()).toMatchObject({ name: 'a', size: 3 })
  expect(stored()).toHaveLength(1)
})

test('a file of exactly the limit is taken, a longer one and a longer body are not', async () => {
  expect(await upload(new Uint8Array(MEGABYTE))).toMatchObject({ size: MEGABYTE })
  await expect(upload(new Uint8Array(MEGABYTE + 1))).rejects.toMatchObject({
    status: 413,
    detail: 'File size is larger than the maximum file size 1MB.',
  })
  await expect(upload(new Uint8Array(2 * MEGABYTE))).rejects.toMatchObject({
    status: 413,
    detail: 'Content size limit exceeded. Maximum allowed is 1MB and got 2.000MB.',
  })
  // What was refused is removed after the answer.
  await expect.poll(stored).toHaveLength(1)
})

test('who calls is asked before the body is read', async () => {
  const answer = await post(part('a').slice(0, 20), TYPE, { 'x-api-key': 'sk-wrong' })
  expect(answer.statusCode).toBe(403)
})

const listening = async () => {
  await app.app.listen({ host: '127.0.0.1', port: 0 })
  return (app.app.server.address() as AddressInfo).port // a server listening on a port has no other form of address
}
const head = (length: string) =>
  `POST /api/v2/files HTTP/1.1\r\nHost: localhost\r\nx-api-key: ${app.apiKey}\r\nContent-Type: ${TYPE}\r\n${length}\r\n\r\n`

test('a client that leaves in the middle leaves nothing on the disk', async () => {
  const socket = net.connect(await listening(), '127.0.0.1')
  socket.write(head('Content-Length: 500000') + part('a.txt', 'x'.repeat(100_000)).slice(0, -2))
  await expect.poll(stored).toHaveLength(1)
  socket.destroy()
  await expect.poll(stored).toEqual([])
})

test('a body that turns out too long is answered before its end', async () => {
  const socket = net.connect(await listening(), '127.0.0.1')
  const answer = new Promise<string>((resolve) => socket.once('data', (data) => resolve(String(data))))
  const first = part('a.txt', 'x'.repeat(2 * MEGABYTE)).slice(0, -2)
  socket.write(`${head('Transfer-Encoding: chunked')}${first.length.toString(16)}\r\n${first}\r\n`)
  expect(await answer).toMatch(/^HTTP\/1\.1 413 .*Content size limit exceeded/s)
  socket.destroy()
  expect(stored()).toEqual([])
})
