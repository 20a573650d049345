import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createFlow, listFlows, readFlow, uploadFlows } from '@runnel/protocol/flows'
import { login } from '@runnel/protocol/login'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createClient } from './index.ts'

interface Seen {
  method?: string | undefined
  url?: string | undefined
  headers: Record<string, unknown>
  body: string
}
let seen: Seen
let answer: { status: number; body: unknown; headers?: Record<string, string> }

const server = createServer(async (request, response) => {
  let body = ''
  for await (const chunk of request) body += chunk
  seen = { method: request.method, url: request.url, headers: request.headers, body }
  response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers })
  response.end(JSON.stringify(answer.body))
})
beforeAll(() => new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve)))
afterAll(() => void server.close())
const client = (options = {}) =>
  createClient({ baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, apiKey: 'sk-x', ...options })

test('puts params into the path, the query behind it and the body as JSON', async () => {
  answer = { status: 200, body: [] }
  await client().call(listFlows, { query: { get_all: false, page: 2 } })
  expect(seen).toMatchObject({ method: 'GET', url: '/api/v1/flows/?get_all=false&page=2' })
  await client().call(readFlow, { params: { flow_id: 'a b/c' } })
  expect(seen.url).toBe('/api/v1/flows/a%20b%2Fc')
  await client().call(createFlow, { body: { name: 'New' } })
  expect(seen).toMatchObject({ body: '{"name":"New"}', headers: { 'x-api-key': 'sk-x' } })
})

test('sends a login as a form and an upload as multipart', async () => {
  answer = { status: 200, body: {} }
  await client().call(login, { body: { username: 'ada', password: 'a b&c' } })
  expect(seen).toMatchObject({
    body: 'username=ada&password=a+b%26c',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })
  const form = new FormData()
  form.append('file', new Blob(['{}']), 'flow.json')
  await client().call(uploadFlows, { form })
  expect(seen.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/)
})

test('throws what the server says about a refusal', async () => {
  answer = {
    status: 429,
    body: { detail: 'Slow down' },
    headers: { 'retry-after': '7', 'x-error-code': 'busy', 'x-error-args': '%5B%22me%22%5D' },
  }
  await expect(client().call(listFlows, {})).rejects.toMatchObject({
    name: 'ClientError',
    status: 429,
    detail: 'Slow down',
    message: 'Slow down',
    code: 'busy',
    args: ['me'],
    retryAfterSeconds: 7,
  })
})

test('refuses an answer that does not fit the endpoint when asked to check', async () => {
  answer = { status: 200, body: { id: 7 } }
  const call = (options: object) => client(options).call(readFlow, { params: { flow_id: 'x' } })
  await expect(call({})).resolves.toEqual({ id: 7 })
  await expect(call({ checkAnswers: true })).rejects.toThrow()
})

test('says in words what does not fit', async () => {
  const fault = (loc: readonly string[], msg: string) => ({ type: 'invalid', loc, msg })
  answer = { status: 422, body: { detail: [fault(['path', 'flow_id'], 'Not an id'), fault(['body'], 'Not JSON')] } }
  await expect(client().call(readFlow, { params: { flow_id: 'x' } })).rejects.toThrow('flow_id: Not an id\nNot JSON')
  answer = { status: 422, body: { detail: [] } }
  await expect(client().call(readFlow, { params: { flow_id: 'x' } })).rejects.toThrow('The server answered 422')
})
