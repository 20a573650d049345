import { addFlowEvent, listFlowEvents, patchGraph } from '@runnel/protocol/flow-changes'
import { createFlow, readFlow, updateFlow } from '@runnel/protocol/flows'
import { afterEach, expect, test } from 'vitest'
import { type TestApp, type TestAppOptions, testApp } from '../test-app.ts'

const open: TestApp[] = []
const start = async (options: TestAppOptions = {}) => {
  const made = await testApp({ user: 'ada', ...options })
  open.push(made)
  return made
}
afterEach(async () => {
  for (const app of open.splice(0)) await app.close()
})

const node = (id: string, value: string) => ({ id, data: { node: { template: { text: { value } } } } })
const graph = { nodes: [node('a', 'one'), node('b', 'two')], edges: [] }
const changed = { op: 'replace', path: '/nodes/1/data/node/template/text/value', value: 'three' } as const

async function withFlow(options: TestAppOptions = {}) {
  const app = await start(options)
  const flow = await app.client.call(createFlow, { body: { name: 'patched', data: graph } })
  return { ...app, flow, params: { flow_id: flow.id } }
}

test('a patch changes a part of the graph and names what became of it', async () => {
  const { client, flow, params } = await withFlow()
  const headers = { 'if-match': flow.version_token }
  const { version_token } = await client.call(patchGraph, { params, headers, body: { patch: [changed] } })
  const read = await client.call(readFlow, { params })
  expect(read).toMatchObject({ version_token, data: { nodes: [node('a', 'one'), node('b', 'three')], edges: [] } })
  await expect(client.call(patchGraph, { params, headers, body: { patch: [changed] } })).rejects.toMatchObject({
    status: 409,
  })
})

test('a patch that does not fit changes nothing', async () => {
  const { client, flow, params } = await withFlow()
  const patch = (given: unknown, headers: Readonly<Record<string, string>> = { 'if-match': flow.version_token }) =>
    client.call(patchGraph, { params, headers, body: { patch: [given] as never } })
  const nowhere = { op: 'remove', path: '/nodes/9' }
  await expect(patch(nowhere)).rejects.toMatchObject({ status: 422, code: 'graph_patch_mismatch' })
  await expect(patch({ op: 'replace', path: '/nodes', value: 'none' })).rejects.toMatchObject({ status: 422 })
  await expect(patch(changed, {})).rejects.toMatchObject({ status: 428 })
  await client.call(updateFlow, { params, body: { locked: true } })
  await expect(patch(changed)).rejects.toMatchObject({ status: 423 })
  expect((await client.call(readFlow, { params })).version_token).toBe(flow.version_token)
})

test('those who have a flow open hear who saved what it became', async () => {
  const { client, flow, params } = await withFlow()
  expect(await client.call(listFlowEvents, { params, query: {} })).toEqual({ events: [], settled: true })
  const headers = { 'if-match': flow.version_token }
  const { version_token } = await client.call(patchGraph, { params, headers, body: { patch: [changed] } })
  const heard = await client.call(listFlowEvents, { params, query: {} })
  expect(heard).toEqual({
    events: [
      {
        type: 'flow_updated',
        timestamp: expect.any(Number),
        summary: 'The flow was saved',
        author: 'ada',
        version_token,
      },
    ],
    settled: false,
  })
  const told = await client.call(addFlowEvent, { params, body: { type: 'flow_settled', summary: 'Done' } })
  expect(told).toMatchObject({ type: 'flow_settled', summary: 'Done', author: 'ada' })
  const since = heard.events[0]?.timestamp ?? 0
  expect(await client.call(listFlowEvents, { params, query: { since } })).toEqual({ events: [told], settled: true })
})

test('another process that writes to the same database is noticed, without its name', async () => {
  const { client, storage, flow, params } = await withFlow()
  await client.call(listFlowEvents, { params, query: {} })
  await storage.flows.update(flow.user_id ?? '', flow.id, { data: JSON.stringify({ nodes: [], edges: [] }) })
  const { events } = await client.call(listFlowEvents, { params, query: {} })
  expect(events).toEqual([{ type: 'flow_updated', timestamp: expect.any(Number), summary: 'The flow was saved' }])
})

test('nobody hears of a flow of somebody else', async () => {
  const { person, params } = await withFlow()
  const { client: eve } = await person('eve')
  await expect(eve.call(listFlowEvents, { params, query: {} })).rejects.toMatchObject({ status: 404 })
  await expect(eve.call(addFlowEvent, { params, body: { type: 'flow_updated' } })).rejects.toMatchObject({
    status: 404,
  })
})
