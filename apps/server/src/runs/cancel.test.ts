import type { AddressInfo } from 'node:net'
import { catalog } from '@runnel/components/catalog'
import { flow } from '@runnel/testing/flow-builder'
import { type ProviderReply, providerServer, replyHanging } from '@runnel/testing/provider-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp } from '../test-app.ts'

let server: TestApp
let base: string
beforeAll(async () => {
  server = await testApp({ user: 'ada', components: catalog })
  await server.app.listen({ port: 0, host: '127.0.0.1' })
  base = `http://127.0.0.1:${(server.app.server.address() as AddressInfo).port}`
})
afterAll(() => server.close())

async function chatFlow(url: string): Promise<string> {
  const [ask, model, say] = ['ChatInput', 'OpenAIModel', 'ChatOutput'].map((type) => {
    const found = catalog.find((entry) => entry.type === type)
    if (!found) throw new Error(`No component ${type}`)
    return found
  })
  if (!ask || !model || !say) throw new Error('The catalogue is incomplete')
  const data = flow({ ask, model: { component: model, set: { api_key: 'k', openai_api_base: `${url}/v1` } }, say }, [
    'ask.message -> model.input_value',
    'model.text_output -> say.input_value',
  ])
  const headers = { 'x-api-key': server.apiKey }
  const answer = await fetch(`${base}/api/v1/flows/`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ name: url, data }),
  })
  return ((await answer.json()) as { id: string }).id
}

const partial = `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: 'So far' }, finish_reason: null }] })}\n\n`

test.each<[string, string, ProviderReply]>([
  ['plain', '', replyHanging()],
  ['streamed', '?stream=true', replyHanging(partial)],
])('a client that leaves a %s run closes the connection to the model', async (_name, query, hanging) => {
  await using upstream = await providerServer(hanging)
  const id = await chatFlow(upstream.url)
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
