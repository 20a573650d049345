import { LangflowClient } from '@datastax/langflow-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp } from '../test-app.ts'

let server: TestApp
let langflow: LangflowClient
beforeAll(async () => {
  // The client loses its key on the way to the log, so it is served as the local user.
  server = await testApp({
    user: 'langflow',
    superuser: true,
    env: { LANGFLOW_AUTO_LOGIN: 'true', LANGFLOW_LOG_RETRIEVER_BUFFER_SIZE: '100', LANGFLOW_LOG_LEVEL: 'INFO' },
  })
  const baseUrl = await server.app.listen({ host: '127.0.0.1', port: 0 })
  langflow = new LangflowClient({ baseUrl, apiKey: server.apiKey })
})
afterAll(() => server.close())

test('the Langflow client reads the log', async () => {
  for (const path of ['/1', '/2', '/3']) await server.app.inject(path)
  const lines = await langflow.logs.fetch({ lines_before: 2 })
  expect(lines.map(({ message }) => JSON.parse(message).path)).toEqual(['/2', '/3'])
  const since = await langflow.logs.fetch({ timestamp: lines[0]?.timestamp.getTime() ?? 0, lines_after: 2 })
  expect(since).toEqual(lines)
})

test('the Langflow client follows the log', async () => {
  const abort = new AbortController()
  const reader = (await langflow.logs.stream({ signal: abort.signal })).getReader()
  await server.app.inject('/now')
  const { value } = await reader.read()
  expect(JSON.parse(value?.message ?? '{}')).toMatchObject({ path: '/now', status: 404 })
  expect(value?.timestamp).toBeInstanceOf(Date)
  abort.abort()
  await expect(reader.read()).rejects.toMatchObject({ name: 'AbortError' })
})
