import { catalog } from '@runnel/components/catalog'
import { newId } from '@runnel/protocol/id'
import { flow } from '@runnel/testing/flow-builder'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp } from '../test-app.ts'
import { type BuildCalls, buildCalls } from './test-build.ts'
import { counter, countingFlow, timesCounted } from './test-counter.ts'

let server: TestApp
let ada: BuildCalls
beforeAll(async () => {
  server = await testApp({ user: 'ada', components: [...catalog, counter] })
  ada = buildCalls(server, { 'x-api-key': server.apiKey })
})
afterAll(() => server.close())

const vertices = (id: string, body?: unknown, query = '') => ada.post(`/api/v1/build/${id}/vertices${query}`, body)
const vertex = (id: string, node: string, body?: unknown) => ada.post(`/api/v1/build/${id}/vertices/${node}`, body)

test('the order of a flow is told, or of a graph that is not saved, or of a part', async () => {
  const id = await ada.store(countingFlow())
  const all = ['ChatInput-ask', 'Counter-count', 'ChatOutput-say']
  const answer = await vertices(id)
  expect(answer.statusCode).toBe(200)
  expect(answer.json()).toEqual({ ids: ['ChatInput-ask'], run_id: expect.any(String), vertices_to_run: all })
  expect((await vertices(id, undefined, '?stop_component_id=Counter-count')).json().vertices_to_run).toEqual(
    all.slice(0, 2),
  )
  expect((await vertices(id, flow({ one: counter }))).json()).toMatchObject({ ids: ['Counter-one'] })
  expect((await vertices(id, undefined, '?stop_component_id=Gone-1')).statusCode).toBe(400)
  expect((await vertices(newId())).statusCode).toBe(404)
})

test('nodes are built one after the other, each once', async () => {
  const id = await ada.store(countingFlow())
  await vertices(id)
  const inputs = { input_value: 'hi', session: 's' }
  const asked = await vertex(id, 'ChatInput-ask', { inputs })
  expect(asked.statusCode).toBe(200)
  expect(asked.json()).toMatchObject({
    id: 'ChatInput-ask',
    valid: true,
    next_vertices_ids: ['Counter-count'],
    top_level_vertices: ['Counter-count'],
    data: { outputs: { message: { message: 'hi', type: 'text' } } },
  })
  const counted = await vertex(id, 'Counter-count')
  const { message: text } = counted.json().data.outputs.text
  expect(text).toBe(`hi ${timesCounted()}`)
  expect(counted.json().next_vertices_ids).toEqual(['ChatOutput-say'])
  const said = await vertex(id, 'ChatOutput-say')
  expect(said.json()).toMatchObject({ next_vertices_ids: [], data: { outputs: { message: { message: text } } } })
  // The same node again runs again; what is before it does not.
  expect((await vertex(id, 'Counter-count')).json().data.outputs.text.message).toBe(`hi ${timesCounted()}`)
  expect(text).not.toBe(`hi ${timesCounted()}`)
})

test('a node that fails is an invalid build, one behind it an error', async () => {
  const id = await ada.store(countingFlow())
  await vertex(id, 'ChatInput-ask', { inputs: { input_value: 'fail' } })
  expect((await vertex(id, 'Counter-count')).json()).toMatchObject({ valid: false, next_vertices_ids: [] })
  const behind = await vertex(id, 'ChatOutput-say')
  expect(behind.statusCode).toBe(500)
  expect(behind.json().detail).toContain('Told to fail')
})

test('flows of others, unknown nodes and the old stream are refused', async () => {
  const id = await ada.store(countingFlow())
  const eve = buildCalls(server, { 'x-api-key': (await server.person('eve')).apiKey })
  expect((await eve.post(`/api/v1/build/${id}/vertices`)).statusCode).toBe(404)
  expect((await eve.post(`/api/v1/build/${id}/vertices/ChatInput-ask`)).statusCode).toBe(404)
  expect((await buildCalls(server, {}).post(`/api/v1/build/${id}/vertices`)).statusCode).toBe(403)
  expect((await vertex(id, 'Gone-1')).statusCode).toBe(400)
  const stream = await server.app.inject({
    url: `/api/v1/build/${id}/ChatInput-ask/stream`,
    headers: { 'x-api-key': server.apiKey },
  })
  expect(stream.statusCode).toBe(410)
})
