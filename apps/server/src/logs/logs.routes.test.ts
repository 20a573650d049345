import { followLogs, readLogs } from '@runnel/protocol/logs'
import { afterEach, describe, expect, test } from 'vitest'
import { type TestApp, testApp } from '../test-app.ts'

const ON = { LANGFLOW_ENABLE_LOG_RETRIEVAL: 'true', LANGFLOW_LOG_LEVEL: 'INFO' }
let server: TestApp
afterEach(() => server.close())

const start = async (env: Readonly<Record<string, string>> = ON) => {
  server = await testApp({ user: 'ada', superuser: true, env })
}
const get = (query = '') =>
  server.app.inject({ method: 'GET', url: `/logs${query}`, headers: { 'x-api-key': server.apiKey } })
/** Makes the server log a line for each path. */
async function request(...paths: readonly string[]): Promise<void> {
  for (const path of paths) await server.app.inject(path)
}
/** The paths of the requests in the lines of an answer. */
const pathsOf = (lines: Readonly<Record<string, string>>) => Object.values(lines).map((line) => JSON.parse(line).path)
const paths = async (query = '') => pathsOf((await get(query)).json())

describe('the lines of the log', () => {
  test('come by ascending milliseconds, each with its newline', async () => {
    await start()
    await request('/health?key=1', '/api/v1/version')
    const answer = await get('?lines_before=0&lines_after=0&timestamp=0')
    expect(answer.statusCode).toBe(200)
    const lines: Record<string, string> = answer.json()
    expect(pathsOf(lines)).toEqual(['/health', '/api/v1/version'])
    const times = Object.keys(lines).map(Number)
    expect(times).toEqual([...times].sort((a, b) => a - b))
    for (const time of times) expect(Math.abs(time - Date.now())).toBeLessThan(60_000)
    for (const line of Object.values(lines)) expect(line.endsWith('}\n')).toBe(true)
  })

  test('are the last ten unless said, or as many as are asked for', async () => {
    await start()
    await request(...Array.from({ length: 12 }, (_, index) => `/${index}`))
    expect(await paths()).toEqual(Array.from({ length: 10 }, (_, index) => `/${index + 2}`))
    await server.close()
    await start()
    await request('/1', '/2', '/3')
    expect(await paths('?lines_before=2')).toEqual(['/2', '/3'])
  })

  test('are those around a timestamp', async () => {
    await start()
    await request('/1', '/2', '/3', '/4')
    const [, second, third] = Object.keys((await get()).json())
    expect(await paths(`?timestamp=${second}`)).toEqual(['/1', '/2'])
    expect(await paths(`?timestamp=${third}&lines_before=2`)).toEqual(['/2', '/3'])
    expect(await paths(`?timestamp=${second}&lines_after=2`)).toEqual(['/2', '/3'])
  })

  test('are none while nothing was logged', async () => {
    await start({ ...ON, LANGFLOW_LOG_LEVEL: 'ERROR' })
    await request('/1')
    expect((await get()).json()).toEqual({})
  })

  test('are as many as the buffer holds', async () => {
    await start({ LANGFLOW_LOG_RETRIEVER_BUFFER_SIZE: '2', LANGFLOW_LOG_LEVEL: 'DEBUG' })
    await request('/1', '/2', '/3')
    expect(await paths('?lines_before=10')).toEqual(['/2', '/3'])
  })

  test.each([
    ['?lines_before=1&lines_after=1&timestamp=5', 400, 'Cannot request logs before and after the timestamp'],
    ['?lines_after=1', 400, 'Timestamp is required when requesting logs after the timestamp'],
    ['?lines_before=-1', 422, [expect.objectContaining({ type: 'greater_than_equal' })]],
    ['?timestamp=now', 422, [expect.objectContaining({ type: 'int_parsing' })]],
  ])('are refused for %s', async (query, status, detail) => {
    await start()
    const answer = await get(query)
    expect([answer.statusCode, answer.json().detail]).toEqual([status, detail])
  })
})

describe('the log', () => {
  test.each([
    [{}],
    [{ LANGFLOW_ENABLE_LOG_RETRIEVAL: 'false' }],
    [{ LANGFLOW_ENABLE_LOG_RETRIEVAL: 'true', LANGFLOW_LOG_RETRIEVER_BUFFER_SIZE: '0' }],
    [{ LANGFLOW_LOG_RETRIEVER_BUFFER_SIZE: '-5' }],
  ])('cannot be read with %j', async (env) => {
    await start({ LANGFLOW_LOG_LEVEL: 'INFO', ...env })
    for (const endpoint of [readLogs, followLogs]) {
      await expect(server.client.call(endpoint, {})).rejects.toMatchObject({
        status: 501,
        detail: 'Log retrieval is disabled',
      })
    }
  })

  test('is for superusers alone', async () => {
    await start()
    const eve = await server.person('eve')
    for (const endpoint of [readLogs, followLogs]) {
      await expect(eve.client.call(endpoint, {})).rejects.toMatchObject({ status: 403 })
    }
    expect((await server.app.inject('/logs')).statusCode).toBe(403)
    expect((await server.app.inject('/logs-stream')).statusCode).toBe(403)
  })
})

test('the stream gives lines from now on and ends when the server is about to stop', async () => {
  await start()
  await request('/before')
  const address = await server.app.listen({ host: '127.0.0.1', port: 0 })
  const answer = await fetch(`${address}/logs-stream`, { headers: { 'x-api-key': server.apiKey } })
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8'])
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
  expect(await reader?.read()).toEqual({ done: false, value: 'keepalive\n\n' })
  /** What comes next but signs of life, which come while nothing else does. */
  const next = async () => {
    for (;;) {
      const read = await reader?.read()
      if (read?.value !== 'keepalive\n\n') return read
    }
  }
  await request('/now')
  const { value = '' } = (await next()) ?? {}
  expect(value).toMatch(/^\{"\d{13}":"\{.*\}\\n"\}\n\n$/)
  expect(pathsOf(JSON.parse(value))).toEqual(['/now'])
  server.lifecycle.drain()
  expect(await next()).toMatchObject({ done: true })
})
