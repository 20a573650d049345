import { catalog } from '@runnel/components/catalog'
import { chatChunk } from '@runnel/testing/chat-stream'
import { type ProviderReply, providerServer, replyHanging } from '@runnel/testing/provider-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp } from '../test-app.ts'
import { modelFlow, storeFlow } from '../test-flows.ts'

let server: TestApp
let base: string
beforeAll(async () => {
  server = await testApp({ user: 'ada', components: catalog })
  base = await server.listen()
})
afterAll(() => server.close())

const partial = chatChunk({ content: 'So far' })

test.each<[string, string, ProviderReply]>([
  ['plain', '', replyHanging()],
  ['streamed', '?stream=true', replyHanging(partial)],
])('a client that leaves a %s run closes the connection to the model', async (_name, query, hanging) => {
  await using upstream = await providerServer(hanging)
  const id = await storeFlow(server, modelFlow(upstream.url))
  const leave = new AbortController()
  const asked = fetch(`${base}/api/v1/run/${id}${query}`, {
    method: 'POST',
    headers: { 'x-api-key': server.apiKey },
    body: JSON.stringify({ input_value: 'hello' }),
    signal: leave.signal,
  })
  await expect.poll(() => upstream.requests.length).toBe(1)
  if (query) {
    const reader = (await asked).body?.pipeThrough(new TextDecoderStream()).getReader()
    for (let read = ''; !read.includes('So far'); ) read += (await reader?.read())?.value ?? ''
  }
  leave.abort()
  await asked.catch(() => {})
  await upstream.requests[0]?.closed

  const { runs, messages } = server.storage
  const owner = { userId: server.user.id, flowId: id }
  await expect.poll(async () => (await runs.list(owner))[0]?.status).toBe('cancelled')
  const kept = await messages.find(owner)
  expect(kept.map(({ text }) => text)).toEqual(query ? ['hello', 'So far'] : ['hello'])
  if (query) expect(kept[1]?.properties.state).toBe('partial')
})
