import { type AddressInfo, connect } from 'node:net'
import { defineEndpoint } from '@runnel/protocol/endpoint'
import { readVersion } from '@runnel/protocol/server-info'
import { afterEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type TestApp, type TestAppOptions, testApp } from '../test-app.ts'
import { implement, implementOpen } from './implement.ts'

const open: TestApp[] = []
const start = async (options: TestAppOptions = { user: 'ada' }) => {
  const made = await testApp(options)
  open.push(made)
  return made
}
afterEach(async () => {
  for (const app of open.splice(0)) await app.close()
})

describe('routing', () => {
  test('both forms of a path are served, without a redirect', async () => {
    const { app } = await start()
    for (const url of ['/health', '/health/', '/api/v1/version', '/api/v1/version/']) {
      expect((await app.inject({ url })).statusCode).toBe(200)
    }
  })

  test('an unknown path is 404 and a wrong method 405, both as JSON', async () => {
    const { app } = await start()
    const unknown = await app.inject({ url: '/api/v1/nothing', headers: { accept: 'text/html' } })
    expect(unknown.statusCode).toBe(404)
    expect(unknown.headers['content-type']).toBe('application/json')
    expect(unknown.json()).toEqual({ detail: 'Not Found' })
    const wrong = await app.inject({ method: 'PUT', url: '/api/v1/projects' })
    expect(wrong.statusCode).toBe(405)
    expect(wrong.headers.allow).toBe('GET, HEAD, POST')
    expect(wrong.json()).toEqual({ detail: 'Method Not Allowed' })
  })

  test.each(['/API/v1/flows/', '//api/v1/flows/', '/api/v1//flows/', '/api/v1/flows;a=b', '/api/v1/flows.json'])(
    'only one spelling of a path exists: not %s',
    async (url) => {
      const { app, apiKey } = await start()
      expect((await app.inject({ url, headers: { 'x-api-key': apiKey } })).statusCode).not.toBe(200)
      expect((await app.inject({ url })).statusCode).toBeGreaterThanOrEqual(403)
    },
  )

  test('headers do not change method or address', async () => {
    const { app, apiKey } = await start()
    const headers = { 'x-api-key': apiKey, 'x-http-method-override': 'DELETE', 'x-original-url': '/api/v1/users/' }
    expect((await app.inject({ url: '/api/v1/version', headers })).json()).toHaveProperty('version')
  })

  test('an address that cannot be decoded or is too long is refused', async () => {
    const { app } = await start()
    const broken = await app.inject({ url: '/api/v1/flows/%zz' })
    expect([broken.statusCode, broken.json()]).toEqual([400, { detail: 'The address of the request is not valid' }])
    expect((await app.inject({ url: `/api/v1/version?${'a'.repeat(9000)}` })).statusCode).toBe(414)
  })
})

describe('bodies', () => {
  const post = (server: TestApp, payload: string | Buffer, headers: Record<string, string> = {}) =>
    server.app.inject({
      method: 'POST',
      url: '/api/v1/projects/',
      headers: { 'x-api-key': server.apiKey, ...headers },
      payload,
    })

  test.each([
    'application/json',
    'text/plain',
    'application/x-www-form-urlencoded',
    'nonsense',
    'a/b; charset=utf-16',
    '',
  ])('are read as JSON under the content type %j', async (type) => {
    const server = await start()
    const answer = await post(server, '{"name":"P"}', { 'content-type': type })
    expect(answer.statusCode).toBe(201)
  })

  test('that are missing or broken are 422', async () => {
    const server = await start()
    expect((await post(server, '')).json().detail).toEqual([
      { type: 'missing', loc: ['body'], msg: 'Field required', input: null },
    ])
    expect((await post(server, '{"name":')).json().detail).toMatchObject([{ type: 'json_invalid' }])
    expect((await post(server, '[]')).json().detail).toMatchObject([{ type: 'model_attributes_type', loc: ['body'] }])
  })

  test('that are encoded are 415', async () => {
    const server = await start()
    const headers = { 'content-encoding': 'gzip' }
    expect((await post(server, 'x', headers)).statusCode).toBe(415)
    expect((await post(server, '{"name":"P"}', { 'content-encoding': 'identity' })).statusCode).toBe(201)
  })

  test('over the limit are 413 and are not read', async () => {
    const server = await start()
    const answer = await post(server, Buffer.alloc(17 * 1024 * 1024, 0x20))
    expect(answer.statusCode).toBe(413)
    const detail = 'Content size limit exceeded. Maximum allowed is 16MB and got 17.000MB.'
    expect(answer.json()).toEqual({ detail, message: detail })
  })

  test('are not read before the caller is known', async () => {
    const server = await start()
    const answer = await server.app.inject({ method: 'POST', url: '/api/v1/projects/', payload: '{broken' })
    expect(answer.statusCode).toBe(403)
  })

  test('with keys like __proto__ change nothing', async () => {
    const server = await start()
    const payload = '{"name":"P","__proto__":{"name":"Q"},"constructor":{"prototype":{"polluted":1}}}'
    expect((await post(server, payload)).json()).toMatchObject({ name: 'P' })
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
  })
})

describe('answers', () => {
  test('carry a request id, the given one when it is harmless', async () => {
    const { app } = await start()
    const idFor = async (id: string) =>
      (await app.inject({ url: '/health', headers: { 'x-request-id': id } })).headers['x-request-id']
    expect(await idFor('abc.DEF_1-2')).toBe('abc.DEF_1-2')
    for (const bad of ['a b', 'x'.repeat(65), '<script>', '']) expect(await idFor(bad)).toMatch(/^[0-9a-f-]{36}$/)
  })

  test('are JSON without a charset, not stored and not guessed', async () => {
    const { app } = await start()
    const { headers } = await app.inject({ url: '/api/v1/version' })
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    })
    expect(headers).not.toHaveProperty('x-powered-by')
    expect(headers).not.toHaveProperty('access-control-allow-origin')
  })

  test('to a bug are 500 without its text, which goes to the log', async () => {
    const server = await testApp({ user: 'ada' })
    open.push(server)
    // Closing the store under the app stands for any failure nobody expected.
    await server.storage.close()
    open.splice(0)
    const answer = await server.app.inject({ url: '/api/v1/projects/', headers: { 'x-api-key': server.apiKey } })
    expect(answer.statusCode).toBe(500)
    expect(answer.json()).toEqual({ detail: 'Internal Server Error', message: 'Internal Server Error' })
    const line = JSON.parse(server.logged.find((text) => text.includes('request failed')) ?? '{}')
    expect(line).toMatchObject({ level: 'error', requestId: answer.headers['x-request-id'], url: '/api/v1/projects/' })
    await server.app.close()
  })
})

describe('other origins', () => {
  const ask = async (
    env: Record<string, string>,
    headers: Record<string, string>,
    method: 'GET' | 'OPTIONS' = 'GET',
  ) => {
    const { app } = await start({ env })
    return app.inject({ method, url: '/api/v1/version', headers })
  }
  const listed = { LANGFLOW_CORS_ORIGINS: 'https://a.example, https://b.example' }

  test('are not let in by default', async () => {
    const { headers } = await ask({}, { origin: 'https://a.example' })
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([])
    const preflight = { origin: 'https://a.example', 'access-control-request-method': 'POST' }
    expect((await ask({}, preflight, 'OPTIONS')).statusCode).toBe(405)
  })

  test('are let in when they are listed, exactly', async () => {
    const { headers } = await ask(listed, { origin: 'https://b.example' })
    expect(headers).toMatchObject({ 'access-control-allow-origin': 'https://b.example', vary: 'Origin' })
    for (const origin of ['https://c.example', 'https://a.example.evil.com', 'http://a.example', 'null']) {
      const refused = await ask(listed, { origin })
      expect(refused.headers['access-control-allow-origin']).toBeUndefined()
      expect(refused.headers.vary).toBe('Origin')
    }
  })

  test('ask first, and are told', async () => {
    const preflight = { 'access-control-request-method': 'POST', 'access-control-request-headers': 'x-api-key' }
    const allowed = await ask(listed, { origin: 'https://a.example', ...preflight }, 'OPTIONS')
    expect([allowed.statusCode, allowed.body]).toEqual([200, 'OK'])
    expect(allowed.headers['access-control-allow-headers']).toBe('x-api-key')
    const refused = await ask(listed, { origin: 'https://c.example', ...preflight }, 'OPTIONS')
    expect([refused.statusCode, refused.body]).toEqual([400, 'Disallowed CORS origin'])
  })

  test('never get credentials with a star', async () => {
    const env = { LANGFLOW_CORS_ORIGINS: '*', LANGFLOW_CORS_ALLOW_CREDENTIALS: 'true' }
    const { headers } = await ask(env, { origin: 'https://any.example' })
    expect(headers['access-control-allow-origin']).toBe('*')
    expect(headers['access-control-allow-credentials']).toBeUndefined()
  })
})

test('an endpoint is implemented by the function that suits its access', async () => {
  const { app } = await start()
  const secret = defineEndpoint({ ...readVersion, path: '/x', access: 'user', response: z.unknown() })
  expect(() => implement(app, readVersion, () => ({}))).toThrow('implementOpen')
  expect(() => implementOpen(app, secret, () => ({}))).toThrow('implement')
})

test('what is no HTTP is answered as JSON and closed', async () => {
  const { app } = await start()
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.server.address() as AddressInfo
  const send = (text: string) =>
    new Promise<string>((resolve) => {
      let answer = ''
      const socket = connect(port, '127.0.0.1', () => socket.write(text))
      socket.on('data', (chunk) => {
        answer += chunk
      })
      // A server that does not read all of it may cut the connection behind its answer.
      socket.on('error', () => undefined).on('close', () => resolve(answer))
    })
  const both = 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n'
  for (const [text, status] of [
    ['nonsense\r\n\r\n', 400],
    [`GET /health HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(40_000)}\r\n\r\n`, 431],
    [both, 400],
    [both.replace('Content-Length: 3', 'Content-Length: 4\r\nContent-Length: 3'), 400],
  ] as const) {
    const [head = '', body = ''] = (await send(text)).split('\r\n\r\n')
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
    expect(head.toLowerCase()).toContain('x-request-id: ')
    expect(JSON.parse(body)).toHaveProperty('detail')
  }
})
