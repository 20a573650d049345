import { providerServer, reply } from '@runnel/testing/provider-server'
import { expect, test } from 'vitest'
import { listModels } from './list-models.ts'

const live = new AbortController().signal

test('Ollama tells its models wherever its address ends', async () => {
  await using server = await providerServer(reply({ models: [{ name: 'llama3:8b' }, { name: 'qwen3' }, {}] }))
  for (const end of ['', '/v1', '/api/']) {
    const asked = { provider: 'Ollama', speaks: 'ollama', baseUrl: server.url + end, apiKey: '' } as const
    expect(await listModels(asked, live)).toEqual(['llama3:8b', 'qwen3'])
  }
  expect(new Set(server.requests.map(({ path }) => path))).toEqual(new Set(['/api/tags']))
  expect(server.requests[0]?.headers.authorization).toBeUndefined()
})

test('servers that speak as OpenAI does tell theirs to who has the key', async () => {
  await using server = await providerServer(reply({ data: [{ id: 'a' }, { id: 'b' }] }))
  const asked = { provider: 'LM Studio', speaks: 'openai', baseUrl: `${server.url}/v1`, apiKey: 'k-1' } as const
  expect(await listModels(asked, live)).toEqual(['a', 'b'])
  expect(server.requests).toMatchObject([{ path: '/v1/models', headers: { authorization: 'Bearer k-1' } }])
})

test('Anthropic and Google tell theirs as they do', async () => {
  await using server = await providerServer(
    reply({ data: [{ type: 'model', id: 'claude-x' }] }),
    reply({ models: [{ name: 'models/gemini-x' }] }),
  )
  const asked = { provider: 'P', baseUrl: server.url, apiKey: 'k-1' } as const
  expect(await listModels({ ...asked, speaks: 'anthropic' }, live)).toEqual(['claude-x'])
  expect(await listModels({ ...asked, speaks: 'google' }, live)).toEqual(['gemini-x'])
  expect(server.requests).toMatchObject([
    { path: '/models?limit=1000', headers: { 'x-api-key': 'k-1', 'anthropic-version': '2023-06-01' } },
    { path: '/models?pageSize=1000', headers: { 'x-goog-api-key': 'k-1' } },
  ])
})

test.each([
  [reply({ error: 'no' }, { status: 401 }), /answered with status 401/],
  [reply('<html>'), /lists no models/],
  [reply({}), /lists no models/],
])('says why there are none', async (answer, message) => {
  await using server = await providerServer(answer)
  const asked = { provider: 'LM Studio', speaks: 'openai', baseUrl: server.url, apiKey: '' } as const
  await expect(listModels(asked, live)).rejects.toMatchObject({ code: 'model_error', message })
})

test('an address that is none is not called', async () => {
  const asked = { provider: 'Ollama', speaks: 'ollama', baseUrl: 'file:///etc', apiKey: '' } as const
  await expect(listModels(asked, live)).rejects.toMatchObject({ code: 'model_error' })
})
