import { catalog } from '@runnel/components/catalog'
import { deleteFlow } from '@runnel/protocol/flows'
import {
  createMemory,
  deleteMemory,
  flushMemory,
  listMemories,
  listMemoryMessages,
  listMemorySessions,
  readMemory,
  readMemoryMismatch,
  regenerateMemory,
  updateMemory,
} from '@runnel/protocol/memories'
import { runFlow } from '@runnel/protocol/runs'
import { flow } from '@runnel/testing/flow-builder'
import { providerServer, reply } from '@runnel/testing/provider-server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, testApp } from '../test-app.ts'
import { component, storeFlow } from '../test-flows.ts'

let server: TestApp
let flowId = ''
beforeAll(async () => {
  server = await testApp({ user: 'ada', components: catalog })
  flowId = await addFlow('Echo')
})
afterAll(() => server.close())

async function addFlow(name: string): Promise<string> {
  const data = flow({ ask: component('ChatInput'), answer: component('ChatOutput') }, [
    'ask.message -> answer.input_value',
  ])
  return storeFlow(server, data, { name })
}

const make = (name: string, more: object = {}) =>
  server.client.call(createMemory, { body: { name, flow_id: flowId, embedding_model: 'hashing-384', ...more } })

async function say(input_value: string, session_id: string) {
  const params = { flow_id_or_name: flowId }
  await server.client.call(runFlow, { params, query: { stream: false }, body: { input_value, session_id } })
  await server.lifecycle.idle()
}

async function kept(memory_id: string, session_id?: string) {
  await server.lifecycle.idle()
  const query = session_id === undefined ? {} : { session_id }
  const { items } = await server.client.call(listMemoryMessages, { params: { memory_id }, query })
  return items.map(({ content }) => content)
}

test('is made for a flow of the user, listed, read, changed and deleted', async () => {
  const { client } = server
  const made = await make('chats')
  expect(made).toMatchObject({
    name: 'chats',
    flow_id: flowId,
    threshold: 50,
    auto_capture: true,
    embedding_provider: 'Built-in',
    chunks: 0,
  })
  const params = { memory_id: made.id }
  expect(await client.call(readMemory, { params })).toEqual(made)
  expect(await client.call(listMemories, { query: { flow_id: flowId } })).toMatchObject({ items: [made], total: 1 })
  expect(await client.call(updateMemory, { params, body: { threshold: 2 } })).toMatchObject({ threshold: 2 })
  const bob = await server.person('bob')
  await expect(bob.client.call(readMemory, { params })).rejects.toMatchObject({ status: 404 })
  await expect(bob.client.call(deleteMemory, { params })).rejects.toMatchObject({ status: 404 })
  expect(await bob.client.call(listMemories, { query: {} })).toMatchObject({ items: [] })
  expect(await client.call(deleteMemory, { params })).toEqual({ message: "Memory base 'chats' deleted successfully" })
  await expect(client.call(readMemory, { params })).rejects.toMatchObject({ status: 404 })
})

test.each([
  [{ embedding_provider: 'Nobody' }, 400],
  [{ embedding_model: 'unheard-of' }, 400],
  [{ backend_type: 'opensearch' }, 400],
  [{ flow_id: '00000000-0000-4000-8000-000000000000' }, 404],
  [{ threshold: 0 }, 422],
])('is not made with %j', async (more, status) => {
  await expect(make('never', more)).rejects.toMatchObject({ status })
})

test('there is one of each name', async () => {
  await make('twice')
  await expect(make('twice')).rejects.toMatchObject({ status: 409, detail: "Memory base 'twice' already exists" })
})

describe('what was said', () => {
  test('is kept once the runs that are waited for have ended, each message once', async () => {
    const { id: memory_id } = await make('counted', { threshold: 2 })
    await say('I like tea', 's-1')
    expect(await kept(memory_id)).toEqual([])
    const { items } = await server.client.call(listMemorySessions, { params: { memory_id }, query: {} })
    expect(items).toContainEqual({ session_id: 's-1', pending_runs: 1 })
    await say('I dislike milk', 's-1')
    expect(await kept(memory_id)).toEqual(['I like tea', 'I like tea', 'I dislike milk', 'I dislike milk'])
    await say('Goodbye', 's-1')
    await say('Really', 's-1')
    expect(await kept(memory_id, 's-1')).toHaveLength(8)
    expect(await kept(memory_id, 's-2')).toEqual([])
  })

  test('is kept at once when asked for, and not by itself when that is off', async () => {
    const { id: memory_id } = await make('manual', { threshold: 1, auto_capture: false })
    const params = { memory_id }
    await say('Remember this', 's-3')
    expect(await kept(memory_id)).toEqual([])
    expect(await server.client.call(readMemoryMismatch, { params })).toEqual({ mismatch_detected: true })
    await server.client.call(flushMemory, { params, body: { session_id: 's-3' } })
    expect(await kept(memory_id)).toEqual(['Remember this', 'Remember this'])
    const { job_ids } = await server.client.call(regenerateMemory, { params })
    expect(job_ids.length).toBeGreaterThanOrEqual(1)
    expect(await kept(memory_id, 's-3')).toHaveLength(2)
    expect(await server.client.call(readMemoryMismatch, { params })).toEqual({ mismatch_detected: false })
  })

  test('is what a model makes of it, or nothing', async () => {
    const answer = (content: string) => reply({ choices: [{ message: { content }, finish_reason: 'stop' }] })
    await using provider = await providerServer(answer('They like tea.'), answer('NO_INGEST'))
    const own = await testApp({
      user: 'ada',
      components: catalog,
      env: { OPENAI_API_KEY: 'k', OPENAI_BASE_URL: provider.url },
    })
    const [shared, sharedFlow] = [server, flowId]
    try {
      server = own
      flowId = await addFlow('Echo')
      const { id } = await make('summed', { threshold: 1, preprocessing: true, preproc_model: 'gpt-4o-mini' })
      await say('I like tea', 's-1')
      expect(await kept(id)).toEqual(['They like tea.'])
      await say('Hm', 's-2')
      expect(await kept(id)).toEqual(['They like tea.'])
    } finally {
      await own.close()
      server = shared
      flowId = sharedFlow
    }
  })

  test('goes with its flow', async () => {
    const other = await addFlow('Leaving')
    await make('leaving', { flow_id: other })
    await server.client.call(deleteFlow, { params: { flow_id: other } })
    expect(await server.client.call(listMemories, { query: { flow_id: other } })).toMatchObject({ items: [] })
  })
})
