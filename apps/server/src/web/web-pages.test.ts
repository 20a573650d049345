import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib'
import { createFlow } from '@runnel/protocol/flows'
import { updateSharing } from '@runnel/protocol/sharing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp } from '../test-app.ts'

const PAGE = '<!doctype html><title>Runnel</title>'
const SCRIPT = 'console.log("hello")'
let folder: string
let server: TestApp

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'runnel-web-'))
  await mkdir(join(folder, 'assets'))
  await writeFile(join(folder, 'index.html'), PAGE)
  await writeFile(join(folder, 'assets', 'main-abc.js'), SCRIPT)
  await writeFile(join(folder, 'assets', 'main-abc.js.br'), brotliCompressSync(SCRIPT))
  const env = { LANGFLOW_FRONTEND_PATH: folder, LANGFLOW_BACKEND_ONLY: 'false', LANGFLOW_LOG_LEVEL: 'INFO' }
  server = await testApp({ user: 'ada', env })
})
afterAll(async () => {
  await server.close()
  await rm(folder, { recursive: true })
})

const open = (url: string, headers: Record<string, string> = { accept: 'text/html,*/*' }) =>
  server.app.inject({ url, headers })

test.each(['/', '/flows', '/flow/0d1c', '/settings/api-keys', '/api'])('answers %s with the page', async (url) => {
  const { statusCode, headers, body } = await open(url)
  expect([statusCode, headers['content-type'], body]).toEqual([200, 'text/html; charset=utf-8', PAGE])
  expect(headers['content-security-policy']).toContain("script-src 'self'")
})

test('a page that was answered is logged as answered, one that is not there as missing', async () => {
  const address = await server.app.listen({ port: 0, host: '127.0.0.1' })
  const logged = async (url: string) => {
    const before = server.logged.length
    await (await fetch(`${address}${url}`)).text()
    await expect.poll(() => server.logged.length).toBe(before + 1)
    const { path, status } = JSON.parse(server.logged.at(-1) ?? '')
    return [path, status]
  }
  expect(await logged('/')).toEqual(['/', 200])
  expect(await logged('/assets/main-abc.js')).toEqual(['/assets/main-abc.js', 200])
  expect(await logged('/nowhere.js')).toEqual(['/nowhere.js', 404])
})

test('the front door is a page whoever asks', async () => {
  expect((await open('/', {})).body).toBe(PAGE)
  expect((await open('/', { accept: '*/*' })).body).toBe(PAGE)
})

test('answers the address of a shared chat with the page of the chat, where there is one', async () => {
  expect((await open('/playground/0d1c')).body).toBe(PAGE)
  const chat = '<!doctype html><title>Chat</title>'
  const withChat = await mkdtemp(join(tmpdir(), 'runnel-web-'))
  await writeFile(join(withChat, 'index.html'), PAGE)
  await writeFile(join(withChat, 'chat.html'), chat)
  const one = await testApp({ env: { LANGFLOW_FRONTEND_PATH: withChat, LANGFLOW_BACKEND_ONLY: 'false' } })
  const bodies = ['/playground/0d1c', '/embed/0d1c?x=1', '/playground', '/flows'].map(async (url) => {
    return (await one.app.inject({ url, headers: { accept: 'text/html' } })).body
  })
  expect(await Promise.all(bodies)).toEqual([chat, chat, PAGE, PAGE])
  await one.close()
  await rm(withChat, { recursive: true })
})

test('a page runs the script that stands in it, and no other that may get into it', async () => {
  const script = 'document.title = "Hello"'
  await writeFile(join(folder, 'script.html'), `<!doctype html><script>${script}</script><script src="/x.js"></script>`)
  const withScript = await testApp({ env: { LANGFLOW_FRONTEND_PATH: folder, LANGFLOW_BACKEND_ONLY: 'false' } })
  const { headers } = await withScript.app.inject({ url: '/script.html' })
  await withScript.close()
  const hash = createHash('sha256').update(script).digest('base64')
  expect(headers['content-security-policy']).toContain(`script-src 'self' 'sha256-${hash}';`)
  expect((await open('/')).headers['content-security-policy']).toContain("script-src 'self';")
})

test('pages of other sites may show the embedded chat inside of theirs, and no other page', async () => {
  const framed = (await open('/embed/0d1c')).headers
  expect(framed['content-security-policy']).toContain('frame-ancestors *')
  expect(framed['x-frame-options']).toBeUndefined()
  const other = (await open('/playground/0d1c')).headers
  expect(other['content-security-policy']).toContain("frame-ancestors 'none'")
  expect(other['x-frame-options']).toBe('DENY')
})

test('a chat is shown inside of the pages its owner named alone, however its address is written', async () => {
  const flow = await server.client.call(createFlow, { body: { name: 'Help desk' } })
  const body = {
    agent_steps: 'none' as const,
    built_with: true,
    embedded_in: ['https://shop.example', 'https://*.b.de'],
  }
  await server.client.call(updateSharing, { params: { flow_id: flow.id }, body })
  for (const id of [
    flow.id,
    flow.id.toUpperCase(),
    flow.id.replaceAll('-', ''),
    `%${flow.id.charCodeAt(0).toString(16)}${flow.id.slice(1)}`,
  ]) {
    const { headers } = await open(`/embed/${id}`)
    expect(headers['content-security-policy']).toContain('frame-ancestors https://shop.example https://*.b.de')
  }
})

test.each(['https://a.de; script-src *', 'a.de', 'https://a.de/path', "'self'", '*'])(
  '%s is no site that could be named',
  async (site) => {
    const flow = await server.client.call(createFlow, { body: { name: 'Help desk' } })
    const body = { agent_steps: 'none' as const, built_with: true, embedded_in: [site] }
    await expect(server.client.call(updateSharing, { params: { flow_id: flow.id }, body })).rejects.toMatchObject({
      status: 422,
    })
  },
)

test.each(['/api/v1/nothing', '/api/v1/flows/x/y/z', '/v1/api/nothing', '/health/nothing'])(
  'answers %s with a JSON 404, whatever the browser accepts',
  async (url) => {
    const { statusCode, headers } = await open(url)
    expect([statusCode, headers['content-type']]).toEqual([404, 'application/json'])
  },
)

test('sends a file compressed to whoever takes that, for good', async () => {
  const packed = await open('/assets/main-abc.js', { 'accept-encoding': 'gzip, deflate, br' })
  expect(packed.headers).toMatchObject({
    'content-encoding': 'br',
    'cache-control': 'public, max-age=31536000, immutable',
    'content-type': 'text/javascript; charset=utf-8',
  })
  expect(brotliDecompressSync(packed.rawPayload).toString()).toBe(SCRIPT)
  const plain = await open('/assets/main-abc.js', {})
  expect([plain.headers['content-encoding'], plain.body]).toEqual([undefined, SCRIPT])
})

test('does not send the page in place of a missing file, nor files outside its folder', async () => {
  expect((await open('/assets/missing.js', { accept: '*/*' })).statusCode).toBe(404)
  expect((await open('/..%2fsecret', { accept: '*/*' })).statusCode).toBe(404)
})

test('does not take other methods for a page', async () => {
  expect(
    (await server.app.inject({ method: 'POST', url: '/flows', headers: { accept: 'text/html' } })).statusCode,
  ).toBe(404)
})

test('serves the API alone when it is told to', async () => {
  const alone = await testApp({ env: { LANGFLOW_FRONTEND_PATH: folder } })
  const { statusCode, headers } = await alone.app.inject({ url: '/', headers: { accept: 'text/html' } })
  expect([statusCode, headers['content-type']]).toEqual([404, 'application/json'])
  await alone.close()
})
