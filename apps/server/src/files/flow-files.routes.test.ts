import { mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Client } from '@runnel/client'
import {
  deleteFlowFile,
  downloadFlowFile,
  listFlowFiles,
  showFlowImage,
  uploadFlowFile,
  uploadFlowFileAlias,
} from '@runnel/protocol/files'
import { createFlow, deleteFlow, deleteFlows, updateFlow } from '@runnel/protocol/flows'
import { createProject, deleteProject } from '@runnel/protocol/projects'
import { afterEach, expect, test } from 'vitest'
import { type TestApp, testApp } from '../test-app.ts'

const open: { readonly app: TestApp; readonly folder: string }[] = []
const start = async (env: Readonly<Record<string, string>> = {}) => {
  const folder = mkdtempSync(join(tmpdir(), 'runnel-flow-files-'))
  const app = await testApp({ user: 'ada', env: { LANGFLOW_CONFIG_DIR: folder, ...env } })
  open.push({ app, folder })
  return { ...app, folder, flowId: await newFlow(app.client) }
}
afterEach(async () => {
  for (const { app, folder } of open.splice(0)) {
    await app.close()
    rmSync(folder, { recursive: true, force: true })
  }
})

const newFlow = async (client: Client, body = {}) =>
  (await client.call(createFlow, { body: { name: 'F', ...body } })).id
const formOf = (content: string | Uint8Array<ArrayBuffer>, name: string) => {
  const form = new FormData()
  form.append('file', new File([content], name))
  return form
}
const upload = (client: Client, flow_id: string, content: string, name: string) =>
  client.call(uploadFlowFile, { params: { flow_id }, form: formOf(content, name) })
const nameIn = ({ file_path }: { readonly file_path: string }) => file_path.split('/')[1] ?? ''

test('an upload is listed, downloaded and deleted under its time and name', async () => {
  const { client, flowId } = await start()
  const params = { flow_id: flowId }
  const uploaded = await upload(client, flowId, 'hello file', '报告 a.txt')
  expect(uploaded).toEqual({
    flowId,
    file_path: expect.stringMatching(new RegExp(`^${flowId}/\\d{4}-\\d\\d-\\d\\d_\\d\\d-\\d\\d-\\d\\d_报告 a.txt$`)),
  })
  const file_name = nameIn(uploaded)
  expect(await client.call(listFlowFiles, { params })).toEqual({ files: [file_name] })
  const answer = await client.request(downloadFlowFile, { params: { ...params, file_name } })
  expect(await answer.text()).toBe('hello file')
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'application/octet-stream',
    'content-length': '10',
    'content-disposition': expect.stringMatching(/^attachment; filename=".*__ a.txt"; filename\*=UTF-8''.*%20a\.txt$/),
    'x-content-type-options': 'nosniff',
  })
  const gone = { message: `File ${file_name} deleted successfully` }
  expect(await client.call(deleteFlowFile, { params: { ...params, file_name } })).toEqual(gone)
  expect(await client.call(deleteFlowFile, { params: { ...params, file_name } })).toEqual(gone)
  expect(await client.call(listFlowFiles, { params })).toEqual({ files: [] })
  await expect(client.call(downloadFlowFile, { params: { ...params, file_name } })).rejects.toMatchObject({
    status: 404,
    detail: 'File not found',
  })
})

test('two uploads of one name in one second do not overwrite each other', async () => {
  const { client, flowId } = await start()
  const both = await Promise.all([upload(client, flowId, 'one', 'a.txt'), upload(client, flowId, 'two', 'a.txt')])
  const { files } = await client.call(listFlowFiles, { params: { flow_id: flowId } })
  expect(files).toHaveLength(2)
  expect(new Set(both.map(nameIn))).toEqual(new Set(files))
})

test('the older address takes uploads too', async () => {
  const { client, flowId } = await start()
  const uploaded = await client.call(uploadFlowFileAlias, { params: { flow_id: flowId }, form: formOf('x', 'a.txt') })
  expect(await client.call(listFlowFiles, { params: { flow_id: flowId } })).toEqual({ files: [nameIn(uploaded)] })
})

test('both addresses refuse a flow that is not there, names that lead elsewhere and what is too large', async () => {
  const { client, flowId } = await start({ LANGFLOW_MAX_FILE_SIZE_UPLOAD: '1' })
  const large = formOf(new Uint8Array(1024 * 1024 + 1), 'a.bin')
  for (const endpoint of [uploadFlowFile, uploadFlowFileAlias]) {
    await expect(client.call(endpoint, { params: { flow_id: flowId }, form: large })).rejects.toMatchObject({
      status: 413,
      detail: 'File size is larger than the maximum file size 1MB.',
    })
    const elsewhere = { params: { flow_id: flowId }, form: formOf('x', '../a.txt') }
    await expect(client.call(endpoint, elsewhere)).rejects.toMatchObject({ status: 400 })
    const nowhere = { flow_id: '00000000-0000-4000-8000-000000000000' }
    await expect(client.call(endpoint, { params: nowhere, form: formOf('x', 'a.txt') })).rejects.toMatchObject({
      status: 404,
      detail: 'Flow not found',
    })
  }
  expect(await client.call(listFlowFiles, { params: { flow_id: flowId } })).toEqual({ files: [] })
})

test('a flow of another user has no files for anyone else, and says so before the body is read', async () => {
  const { client, flowId, person, folder } = await start()
  const bob = await person('bob')
  const file_name = nameIn(await upload(client, flowId, 'secret', 'a.png'))
  const params = { flow_id: flowId, file_name }
  const none = { status: 404, detail: 'Flow not found' }
  await expect(upload(bob.client, flowId, 'x', 'b.txt')).rejects.toMatchObject(none)
  await expect(bob.client.call(listFlowFiles, { params })).rejects.toMatchObject(none)
  await expect(bob.client.call(downloadFlowFile, { params })).rejects.toMatchObject(none)
  await expect(bob.client.call(showFlowImage, { params })).rejects.toMatchObject(none)
  await expect(bob.client.call(deleteFlowFile, { params })).rejects.toMatchObject(none)
  expect(readdirSync(join(folder, 'files', flowId))).toEqual([file_name])
  expect(readdirSync(join(folder, 'files', '.pending'))).toEqual([])
})

test('an endpoint name that looks like the id of another flow opens none of its files', async () => {
  const { client, flowId, person } = await start()
  const bob = await person('bob')
  await upload(client, flowId, 'secret', 'a.txt')
  await newFlow(bob.client, { endpoint_name: flowId })
  await expect(bob.client.call(listFlowFiles, { params: { flow_id: flowId } })).rejects.toMatchObject({ status: 404 })
})

test('nothing but pictures that run nothing is shown in place', async () => {
  const { client, flowId } = await start()
  const show = async (name: string) => {
    const file_name = nameIn(await upload(client, flowId, 'bytes', name))
    return client.request(showFlowImage, { params: { flow_id: flowId, file_name } })
  }
  const png = await show('a.PNG')
  expect(png.status).toBe(200)
  expect(png.headers.get('content-type')).toBe('image/png')
  expect(png.headers.get('content-disposition')).toBe('inline')
  const bmp = await show('a.bmp')
  expect(bmp.headers.get('content-disposition')).toMatch(/^attachment;/)
  const page = await show('a.html')
  expect(page.status).toBe(400)
  expect(await page.json()).toEqual({ detail: 'Content type text/html is not an image' })
  expect((await show('a.svg')).status).toBe(400)
})

test('images need credentials, until the flow is public', async () => {
  const { app, client, flowId } = await start()
  const { file_path } = await upload(client, flowId, 'bytes', 'a.png')
  const url = `/api/v1/files/images/${file_path}`
  expect((await app.inject(url)).statusCode).toBe(403)
  await client.call(updateFlow, { params: { flow_id: flowId }, body: { access_type: 'PUBLIC' } })
  expect(await app.inject(url)).toMatchObject({ statusCode: 200, body: 'bytes' })
  expect((await app.inject(url.replace('images', 'download'))).statusCode).toBe(403)
})

test.each(['..%2Fa.txt', '..%5Ca.txt', '%2Fetc%2Fpasswd', 'a%00.txt', `${'x'.repeat(256)}`, 'a..b'])(
  'the name %s is refused',
  async (name) => {
    const { app, apiKey, flowId } = await start()
    for (const [method, action] of [
      ['GET', 'download'],
      ['GET', 'images'],
      ['DELETE', 'delete'],
    ] as const) {
      const url = `/api/v1/files/${action}/${flowId}/${name}`
      const answer = await app.inject({ method, url, headers: { 'x-api-key': apiKey } })
      expect(answer.statusCode).toBe(400)
    }
  },
)

test.each(['../evil.txt', '..\\evil.txt', '/etc/passwd', 'a/b.txt', `${'x'.repeat(256)}.txt`])(
  'an upload called %s is refused and leaves nothing behind',
  async (name) => {
    const { client, flowId, folder } = await start()
    await expect(upload(client, flowId, 'x', name)).rejects.toMatchObject({ status: 400, code: 'file_name_invalid' })
    expect(readdirSync(folder)).toEqual([])
  },
)

test('links are not followed', async () => {
  const { client, flowId, folder } = await start()
  await upload(client, flowId, 'x', 'a.txt')
  writeFileSync(join(folder, 'secret.png'), 'secret')
  symlinkSync(join(folder, 'secret.png'), join(folder, 'files', flowId, 'link.png'))
  const params = { flow_id: flowId, file_name: 'link.png' }
  await expect(client.call(downloadFlowFile, { params })).rejects.toMatchObject({ status: 404 })
  await expect(client.call(showFlowImage, { params })).rejects.toMatchObject({ status: 404 })
  expect((await client.call(listFlowFiles, { params })).files).toHaveLength(1)

  const other = await newFlow(client)
  symlinkSync(folder, join(folder, 'files', other))
  const through = { flow_id: other, file_name: 'secret.png' }
  await expect(client.call(downloadFlowFile, { params: through })).rejects.toMatchObject({ status: 404 })
  await client.call(deleteFlowFile, { params: through })
  expect(readdirSync(folder)).toContain('secret.png')
})

test('a flow takes its files along, however it is deleted, and only its owner deletes it', async () => {
  const { client, flowId, folder, person } = await start()
  const bob = await person('bob')
  const project = await client.call(createProject, { body: { name: 'P' } })
  const [second, third] = [await newFlow(client), await newFlow(client, { folder_id: project.id })]
  for (const id of [flowId, second, third]) await upload(client, id, 'x', 'a.txt')
  const folders = () => readdirSync(join(folder, 'files')).filter((name) => name !== '.pending')
  await bob.client.call(deleteFlows, { body: [flowId, second, third] })
  expect(folders()).toHaveLength(3)
  await client.call(deleteFlow, { params: { flow_id: flowId } })
  expect(folders().sort()).toEqual([second, third].sort())
  await client.call(deleteProject, { params: { project_id: project.id } })
  expect(folders()).toEqual([second])
  await client.call(deleteFlows, { body: [second] })
  expect(folders()).toEqual([])
  expect(readdirSync(join(folder, 'files', '.pending'))).toEqual([])
})
