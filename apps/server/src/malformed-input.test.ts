import type { Endpoint } from '@runnel/protocol/endpoint'
import fc from 'fast-check'
import type { InjectOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, testApp } from './test-app.ts'

/** Thousands of requests. */
const LONG = { timeout: 600_000 }

let server: TestApp
beforeAll(async () => {
  server = await testApp({ user: 'root', superuser: true })
})
afterAll(() => server.close())

const nowhere = '00000000-0000-4000-8000-000000000000'
const params = [
  nowhere,
  'zzz',
  '%00',
  '..%2f..%2fetc%2fpasswd',
  '%F0%9F%98%80',
  'a'.repeat(900),
  "' or 1=1 --",
  '__proto__',
]
const queries = [
  '',
  'page=-1&size=100000',
  'page=1e9&size=x',
  'get_all=perhaps&header_flows=',
  'folder_id=zzz&project_id=%00',
  'page=1&page=2&size=3&size=4',
  'page[]=1&page[a]=2&__proto__=x&constructor=y',
  '=&&&=%zz&%00=%00',
  'stream=maybe&skip=-1&limit=0',
]
const wrongKeys = ['name', 'data', 'flows', 'username', 'password', 'input_value', 'tweaks', 'value', 'id', 'folder_id']
const of = (value: unknown) => JSON.stringify(Object.fromEntries(wrongKeys.map((key) => [key, value])))
const bodies: readonly (string | Buffer)[] = [
  '',
  '{',
  'null',
  '[]',
  '[[]]',
  '"text"',
  '17',
  'NaN',
  '{"name":1e999,"input_value":-0}',
  '{"a":1,"a":2}',
  of(null),
  of(7),
  of([]),
  of({}),
  of(''),
  of('\u0000'),
  of('\ud800'),
  of('x'.repeat(10_000)),
  `{"name":"x","data":{"nodes":[null,1,"x",{"data":null},{"data":{"node":{"flow":{"data":{"nodes":7}}}}}],"edges":[{}]}}`,
  `[${'"x",'.repeat(50)}1]`,
  '['.repeat(100_000),
  `${'{"a":'.repeat(3000)}1${'}'.repeat(3000)}`,
  '{"__proto__":{"x":1},"constructor":{"prototype":{"y":1}}}',
  Buffer.from([0xff, 0xfe, 0x7b, 0x00]),
  Buffer.from('{"name":"\xff"}', 'latin1'),
]
const types = [
  'application/json',
  'multipart/form-data',
  'multipart/form-data; boundary=b',
  'application/x-www-form-urlencoded',
  '\u00e4',
]

async function send(endpoint: Endpoint, options: Omit<InjectOptions, 'method' | 'url'> & { path: string }) {
  const { path, ...rest } = options
  const url = encodeURI(path).replace(/%25(?=[0-9A-Fa-f]{2})/g, '%')
  const answer = await server.app.inject({ ...rest, method: endpoint.method, url } as InjectOptions)
  const said = `${endpoint.method} ${path.slice(0, 200)} ${String(rest.payload ?? '').slice(0, 100)}: ${answer.body.slice(0, 300)}`
  // What is switched off says so.
  if (answer.statusCode !== 501) expect(answer.statusCode, said).toBeLessThan(500)
  expect(answer.headers['content-type'] ?? 'none', said).not.toContain('html')
  if (answer.statusCode < 400) return
  expect(answer.headers['content-type'], said).toBe('application/json')
  expect(answer.json(), said).toHaveProperty('detail')
  expect(answer.body, said).not.toMatch(/ at .+\.ts|node_modules|SQLITE|select .* from/i)
}

const pathOf = (endpoint: Endpoint, value = nowhere) => endpoint.path.replace(/:\w+/g, value)
const authorized = () => ({ 'x-api-key': server.apiKey })

describe('input that fits nothing', () => {
  test('is refused by every endpoint, wherever it stands, and never a defect of ours', LONG, async () => {
    const { endpoints } = server.app.http
    expect(endpoints.length).toBeGreaterThan(30)
    for (const endpoint of endpoints) {
      if (endpoint.path.includes(':')) {
        for (const value of params) await send(endpoint, { path: pathOf(endpoint, value), headers: authorized() })
      }
      for (const query of queries) {
        await send(endpoint, { path: `${pathOf(endpoint)}?${query}`, headers: authorized() })
      }
      if (endpoint.method === 'GET') continue
      for (const payload of bodies) {
        await send(endpoint, { path: pathOf(endpoint), headers: authorized(), payload })
      }
      for (const type of types) {
        const headers = { ...authorized(), 'content-type': type }
        await send(endpoint, { path: pathOf(endpoint), headers, payload: '{"name":"x"}' })
      }
    }
    expect(server.logged.filter((line) => line.includes('request failed'))).toEqual([])
    expect(Object.keys(Object.prototype)).toEqual([])
  })

  test('as any JSON at all is refused or taken, never a defect of ours', LONG, async () => {
    const withBody = server.app.http.endpoints.filter(({ body, path }) => body && !/login|users/.test(path))
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...withBody), fc.json({ maxDepth: 4 }), async (endpoint, payload) => {
        await send(endpoint, { path: pathOf(endpoint), headers: authorized(), payload })
      }),
      { numRuns: 150 },
    )
  })
})

test('every endpoint but the open ones refuses a caller without credentials, before it reads the body', async () => {
  const open: string[] = []
  for (const endpoint of server.app.http.endpoints) {
    const answer = await server.app.inject({
      method: endpoint.method,
      url: pathOf(endpoint),
      payload: '{broken',
    } as InjectOptions)
    const isWorkflowApi = endpoint.path.startsWith('/v1/api/')
    const refusal = isWorkflowApi || endpoint.access === 'mcp-project' ? 401 : 403
    if (endpoint.access === 'none' && !isWorkflowApi) open.push(endpoint.path)
    else expect([endpoint.path, answer.statusCode]).toEqual([endpoint.path, refusal])
  }
  // Webhooks and public flows ask for credentials themselves where they are needed; so do images, and builds unless
  // they are a visitor's.
  const known = [
    '/api/v1/auto_login',
    '/api/v1/build/:job_id/cancel',
    '/api/v1/build/:job_id/events',
    '/api/v1/config',
    '/api/v1/files/images/:flow_id/:file_name',
    '/api/v1/files/profile_pictures/:folder_name/:file_name',
    '/api/v1/files/profile_pictures/list',
    '/api/v1/flows/basic_examples/',
    '/api/v1/login',
    '/api/v1/logout',
    '/api/v1/refresh',
    '/api/v1/session',
    '/api/v1/store/check/',
    '/api/v1/store/tags',
    '/api/v1/translations/:language',
    '/api/v1/users/',
    '/api/v1/version',
    '/health',
    '/health_check',
    '/openapi.json',
  ]
  expect(open.filter((path) => !/webhook|public|oauth|^\/auth\//.test(path) && !known.includes(path))).toEqual([])
})
