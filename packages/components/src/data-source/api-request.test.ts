import { AppError } from '@runnel/protocol/errors'
import { data, type HttpRequest } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { apiRequest } from './api-request.ts'

const json = (value: unknown) => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: new TextEncoder().encode(JSON.stringify(value)),
})

/** What was asked of a server that answers everything with `{"ok": true}`. */
async function asked(inputs: Readonly<Record<string, unknown>>) {
  let seen: (HttpRequest & { readonly url: string }) | undefined
  const http = (url: string, request: HttpRequest) => {
    seen = { url, ...request }
    return json({ ok: true })
  }
  const run = await runComponent(apiRequest, inputs, { http, outputs: ['data'] })
  return { seen, answer: run.data }
}

test('goes where an answer leads on to when it may', async () => {
  const { seen } = await asked({ url_input: 'a.test/x', follow_redirects: true })
  expect(seen).toMatchObject({ redirects: 5 })
})

test('gives the status, the headers and the JSON of an answer', async () => {
  const { seen, answer } = await asked({ url_input: 'a.test/x', query_params: data({ q: 'a b', n: 1 }) })
  expect(seen).toMatchObject({ url: 'https://a.test/x?q=a+b&n=1', method: 'GET', timeoutMs: 30_000, redirects: 0 })
  expect(seen).not.toHaveProperty('body')
  expect(answer).toMatchObject({
    data: {
      source: 'https://a.test/x?q=a+b&n=1',
      status_code: 200,
      response_headers: { 'content-type': 'application/json' },
      result: { ok: true },
    },
  })
})

test('sends rows as one JSON object, with JSON in their values taken apart', async () => {
  const body = [
    { key: 'name', value: 'Ann' },
    { key: 'tags', value: '["a", "b"]' },
    { key: 'code', value: '007' },
    { key: 'age', value: '41' },
  ]
  const { seen } = await asked({ url_input: 'https://a.test', method: 'POST', body })
  expect(JSON.parse(String(seen?.body))).toEqual({ name: 'Ann', tags: ['a', 'b'], code: '007', age: 41 })
  expect(seen?.headers).toMatchObject({ 'Content-Type': 'application/json', 'User-Agent': 'Langflow/1.0' })
})

test('marks a call that changes something the same way each time it is repeated', async () => {
  const inputs = { url_input: 'https://a.test', method: 'POST', body: [{ key: 'a', value: '1' }] }
  const [once, twice, other] = [await asked(inputs), await asked(inputs), await asked({ ...inputs, body: [] })]
  expect(once.seen?.headers?.['Idempotency-Key']).toMatch(/^[0-9a-f]{32}$/)
  expect(twice.seen?.headers).toEqual(once.seen?.headers)
  expect(other.seen?.headers?.['Idempotency-Key']).not.toBe(once.seen?.headers?.['Idempotency-Key'])
})

test('fills empty fields from a curl command', async () => {
  const curl_input = `curl -X PUT https://a.test/y -H 'X-Own: 1' -d '{"a": 1}'`
  const { seen } = await asked({ mode: 'cURL', curl_input })
  expect(seen).toMatchObject({ url: 'https://a.test/y', method: 'PUT', body: '{"a": 1}', headers: { 'X-Own': '1' } })
  const filled = await asked({ mode: 'cURL', curl_input, url_input: 'https://b.test' })
  expect(filled.seen).toMatchObject({ url: 'https://b.test', method: 'GET' })
})

test('takes an answer with an error status for an answer', async () => {
  const http = () => ({
    status: 404,
    headers: { 'content-type': 'text/plain' },
    body: new TextEncoder().encode('none'),
  })
  const run = await runComponent(apiRequest, { url_input: 'a.test' }, { http })
  expect(run.data).toMatchObject({ data: { status_code: 404, result: 'none' } })
})

test('gives an error instead of a result when no answer comes', async () => {
  const run = await runComponent(apiRequest, { url_input: 'a.test' }, { outputs: ['data'] })
  expect(run.data).toMatchObject({
    data: { source: 'https://a.test', status_code: 500, error: expect.stringContaining('nothing answers there') },
  })
})

test('fails when the address may not be called', async () => {
  const http = () => {
    throw new AppError('address_refused', ['10.0.0.1'])
  }
  await expect(runComponent(apiRequest, { url_input: 'http://10.0.0.1' }, { http })).rejects.toMatchObject({
    code: 'address_refused',
  })
})

test('tells redirects and the headers it sent when asked to', async () => {
  const http = () => ({ ...json(1), redirects: [{ url: 'https://a.test', status: 302 }] })
  const run = await runComponent(apiRequest, { url_input: 'a.test', include_httpx_metadata: true }, { http })
  expect(run.data).toMatchObject({
    data: {
      headers: { 'User-Agent': 'Langflow/1.0' },
      redirection_history: [{ url: 'https://a.test', status_code: 302 }],
    },
  })
})

test('keeps the answer as a file when asked to', async () => {
  const run = await runComponent(
    apiRequest,
    { url_input: 'a.test/list.json', save_to_file: true },
    { http: () => json([1]), outputs: ['data'] },
  )
  expect(run.data).toMatchObject({ data: { file_path: 'user-1/list-run-1.json' } })
  expect(run.$saved).toEqual({ 'list-run-1.json': '[1]' })
})

test('answers a list of addresses with a list, as nodes of 1.4 do', async () => {
  const options = { http: () => json(1), dynamic: { urls: ['a.test', 'b.test'] } }
  const run = await runComponent(apiRequest, {}, options)
  expect(run.data).toMatchObject([{ data: { source: 'https://a.test' } }, { data: { source: 'https://b.test' } }])
  expect(run.dataframe).toMatchObject({ rows: [{ result: 1 }, { result: 1 }] })
})

test.each([
  [{ url_input: 'not a url' }, 'Invalid URL provided: not a url'],
  [{ url_input: '' }, 'Invalid URL provided: '],
  [{ url_input: 'a.test', method: 'TRACE' }, 'Unsupported method: TRACE'],
  [{ mode: 'cURL', curl_input: 'wget x' }, 'Error parsing curl'],
])('says what is wrong with %j', async (inputs, why) => {
  await expect(runComponent(apiRequest, inputs)).rejects.toThrow(why)
})
