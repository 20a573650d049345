import { gunzipSync } from 'node:zlib'
import {
  readCatalogue,
  readConfig,
  readHealth,
  readHealthCheck,
  readKnowledgeStorage,
  readOpenApi,
  readTranslations,
  readVersion,
} from '@runnel/protocol/server-info'
import { defineComponent, field, message } from '@runnel/sdk'
import { Validator } from '@seriousme/openapi-schema-validator'
import { afterEach, expect, test } from 'vitest'
import { type TestApp, type TestAppOptions, testApp } from '../test-app.ts'

const open: TestApp[] = []
const start = async (options: TestAppOptions = {}) => {
  const made = await testApp(options)
  open.push(made)
  return made
}
afterEach(async () => {
  for (const app of open.splice(0)) await app.close()
})

const echo = defineComponent({
  type: 'Echo',
  displayName: 'Echo',
  description: 'Says what it is told.',
  icon: 'Repeat',
  category: 'input_output',
  inputs: { text: field.text({ label: 'Text' }) },
  outputs: {
    said: { type: 'Message', label: 'Said', method: 'say', run: ({ inputs }) => message(inputs.text) },
  },
})

test('health, version and settings need no credentials', async () => {
  const { client } = await start()
  expect(await client.call(readHealth, {})).toEqual({ status: 'ok' })
  expect(await client.call(readHealthCheck, {})).toEqual({ status: 'ok', chat: 'ok', db: 'ok' })
  expect(await client.call(readVersion, {})).toMatchObject({ version: '1.6.4', package: 'Langflow', product: 'Runnel' })
  expect(await client.call(readConfig, {})).toMatchObject({
    type: 'full',
    max_file_size_upload: 1024,
    default_folder_name: 'My Projects',
    event_delivery: 'streaming',
  })
})

test('a store that cannot be written makes the health check 503, without details, and the health 200', async () => {
  const { client, storage, app, logged } = await start()
  await storage.close()
  await expect(client.call(readHealthCheck, {})).rejects.toMatchObject({
    status: 503,
    detail: { status: 'nok', chat: 'ok', db: 'error check the server logs' },
    retryAfterSeconds: 5,
  })
  expect(await client.call(readHealth, {})).toEqual({ status: 'ok' })
  expect(logged.join('')).toContain('the store cannot be written')
  open.splice(0)
  await app.close()
})

test('a server that is about to stop refuses new work', async () => {
  const { client, lifecycle } = await start()
  lifecycle.drain()
  expect(await client.call(readHealth, {})).toEqual({ status: 'ok' })
  await expect(client.call(readHealthCheck, {})).rejects.toMatchObject({ status: 503, retryAfterSeconds: 5 })
  const refused = await client.request(readVersion, {})
  expect(refused.status).toBe(503)
  expect(refused.headers.get('retry-after')).toBe('5')
  expect(refused.headers.get('connection')).toBe('close')
})

test('the catalogue holds every component by category, packed only for who asks', async () => {
  const { client, app, apiKey } = await start({ user: 'ada', components: [echo] })
  const all = await client.call(readCatalogue, {})
  expect(all).toMatchObject({
    input_output: { Echo: { display_name: 'Echo', template: { text: { type: 'str' } }, base_classes: ['Message'] } },
  })
  const ask = (encoding: string) =>
    app.inject({ url: '/api/v1/all', headers: { 'x-api-key': apiKey, 'accept-encoding': encoding } })
  const packed = await ask('br, gzip;q=0.8')
  expect(packed.headers['content-encoding']).toBe('gzip')
  expect(JSON.parse(gunzipSync(packed.rawPayload).toString())).toEqual(all)
  expect((await ask('gzip;q=0')).headers['content-encoding']).toBeUndefined()
  expect((await app.inject({ url: '/api/v1/all' })).statusCode).toBe(403)
})

test('the catalogue is sent once, and then only named while it is the same', async () => {
  const { client } = await start({ user: 'ada', components: [echo] })
  const first = await client.request(readCatalogue, {})
  const etag = first.headers.get('etag') ?? ''
  expect(first.headers.get('cache-control')).toBe('private, no-cache')
  const ask = (known: string) => client.request(readCatalogue, { headers: { 'if-none-match': known } })
  const again = await ask(`"other", ${etag}`)
  expect([again.status, again.headers.get('etag'), await again.text()]).toEqual([304, etag, ''])
  const changed = await ask('W/"other"')
  expect([changed.status, await changed.json()]).toEqual([200, await first.json()])
})

test('words of components are there in Chinese, by the English ones', async () => {
  const { client } = await start()
  const words = await client.call(readTranslations, { params: { language: 'zh-CN' } })
  expect(words).toMatchObject({
    texts: { 'Chat Input': '聊天输入', OpenAI: 'OpenAI' },
    search_words: { ConditionalRouter: expect.arrayContaining(['如果']) },
  })
  await expect(client.call(readTranslations, { params: { language: 'xx' } })).rejects.toMatchObject({ status: 404 })
})

test('the description is valid OpenAPI 3.1 and names every endpoint', async () => {
  const { client, app } = await start()
  const description = await client.call(readOpenApi, {})
  expect(description).toMatchObject({ openapi: '3.1.0', info: { title: 'Langflow', version: '1.6.4' } })
  const { valid, errors } = await new Validator().validate(structuredClone(description))
  expect(errors ?? []).toEqual([])
  expect(valid).toBe(true)
  const { paths } = description as unknown as { paths: Record<string, Record<string, { operationId: string }>> }
  for (const { path, method } of app.http.endpoints) {
    expect(paths[path.replace(/:(\w+)/g, '{$1}')]).toHaveProperty(method.toLowerCase())
  }
  const ids = Object.values(paths).flatMap((path) => Object.values(path).map(({ operationId }) => operationId))
  expect(new Set(ids).size).toBe(ids.length)
})

test('the page of the API comes from this server and needs no inline script', async () => {
  const { app } = await start()
  const page = await app.inject({ url: '/docs' })
  expect(page.headers['content-type']).toBe('text/html; charset=utf-8')
  expect(page.headers['content-security-policy']).toContain("script-src 'self'")
  expect(page.body).not.toMatch(/<script>|https?:/)
  const addresses = Array.from(page.body.matchAll(/(?:src|href)="([^"]+)"/g), ([, address]) => address ?? '')
  expect(addresses).toHaveLength(3)
  for (const url of addresses) expect((await app.inject({ url })).statusCode).toBe(200)
  for (const url of ['/docs/package.json', '/docs/..%2f..%2fpackage.json', '/docs/__proto__']) {
    expect((await app.inject({ url })).statusCode).toBe(404)
  }
})

test('no stores of knowledge bases are on the move', async () => {
  const { client } = await start({ user: 'root', superuser: true })
  await expect(client.call(readKnowledgeStorage, {})).resolves.toEqual({
    stores: [],
    revision: '',
    running: false,
    inventory: { complete: true, issues: 0 },
    is_admin: true,
  })
})

test('an endpoint that only refuses is described without a success', async () => {
  const { client } = await start()
  const { paths } = await client.call(readOpenApi, {})
  const { responses } = Object(paths)['/api/v1/process/{flow_id}'].post
  expect(Object.keys(responses)).toEqual(['400', '403', '422'])
})
