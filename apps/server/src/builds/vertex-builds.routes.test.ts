import { catalog } from '@runnel/components/catalog'
import { newId } from '@runnel/protocol/id'
import { type Component, defineComponent, field, message } from '@runnel/sdk'
import { flow } from '@runnel/testing/flow-builder'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp } from '../test-app.ts'
import { type BuildCalls, buildCalls } from './test-build.ts'

function component(type: string): Component {
  const found = catalog.find((entry) => entry.type === type)
  if (!found) throw new Error(`No component ${type}`)
  return found
}
let runs = 0
const counter = defineComponent({
  type: 'Counter',
  displayName: 'Counter',
  description: 'Counts',
  icon: 'hash',
  category: 'tests',
  inputs: { input_value: field.text({ label: 'Input' }) },
  outputs: {
    text: {
      type: 'Message',
      label: 'Text',
      method: 'text',
      run({ inputs }) {
        if (inputs.input_value === 'fail') throw new Error('Told to fail')
        return message(`${inputs.input_value} ${++runs}`)
      },
    },
  },
})

let server: TestApp
let ada: BuildCalls
beforeAll(async () => {
  server = await testApp({ user: 'ada', components: [...catalog, counter] })
  ada = buildCalls(server, { 'x-api-key': server.apiKey })
})
afterAll(() => server.close())

const counting = () =>
  flow({ ask: component('ChatInput'), count: counter, say: component('ChatOutput') }, [
    'ask.message -> count.input_value',
    'count.text -> say.input_value',
  ])
const vertices = (id: string, body?: unknown, query = '') => ada.post(`/api/v1/build/${id}/vertices${query}`, body)
const vertex = (id: string, node: string, body?: unknown) => ada.post(`/api/v1/build/${id}/vertices/${node}`, body)

test('the order of a flow is told, or of a graph that is not saved, or of a part', async () => {
  const id = await ada.store(counting())
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
  const id = await ada.store(counting())
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
  expect(text).toBe(`hi ${runs}`)
  expect(counted.json().next_vertices_ids).toEqual(['ChatOutput-say'])
  const said = await vertex(id, 'ChatOutput-say')
  expect(said.json()).toMatchObject({ next_vertices_ids: [], data: { outputs: { message: { message: text } } } })
  // The same node again runs again; what is before it does not.
  expect((await vertex(id, 'Counter-count')).json().data.outputs.text.message).toBe(`hi ${runs}`)
  expect(text).not.toBe(`hi ${runs}`)
})

test('a node that fails is an invalid build, one behind it an error', async () => {
  const id = await ada.store(counting())
  await vertex(id, 'ChatInput-ask', { inputs: { input_value: 'fail' } })
  expect((await vertex(id, 'Counter-count')).json()).toMatchObject({ valid: false, next_vertices_ids: [] })
  const behind = await vertex(id, 'ChatOutput-say')
  expect(behind.statusCode).toBe(500)
  expect(behind.json().detail).toContain('Told to fail')
})

test('flows of others, unknown nodes and the old stream are refused', async () => {
  const id = await ada.store(counting())
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
