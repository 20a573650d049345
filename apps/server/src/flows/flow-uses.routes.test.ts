import { listFlowUses } from '@runnel/protocol/flow-uses'
import { createFlow } from '@runnel/protocol/flows'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp } from '../test-app.ts'

let server: TestApp
beforeAll(async () => {
  server = await testApp({ user: 'ada' })
})
afterAll(() => server.close())

const node = (id: string, template: object, more: object = {}) => ({
  id,
  type: 'genericNode',
  position: { x: 0, y: 0 },
  data: { id, type: 'Any', node: { template, ...more } },
})
const graph = (...nodes: readonly object[]) => ({ nodes: [...nodes], edges: [], viewport: { x: 0, y: 0, zoom: 1 } })
const add = async (name: string, ...nodes: readonly object[]) =>
  (await server.client.call(createFlow, { body: { name, data: graph(...nodes) } })).id
const search = (value: string) => node('k', { knowledge_base: { type: 'str', value } })
const using = (kind: 'knowledge_base' | 'variable' | 'file' | 'mcp_server', ...name: readonly string[]) =>
  server.client.call(listFlowUses, { query: { kind, name: [...name] } })

test('flows are found by what their nodes and groups use', async () => {
  const inGroup = node('g', {}, { flow: { data: graph(search('产品手册')) } })
  const first = await add('Search', search('manuals'), inGroup)
  const second = await add('Search too', search('manuals'), node('n', { input_value: { value: 'letters' } }))
  expect(await using('knowledge_base', 'manuals')).toEqual([
    { id: first, name: 'Search', uses: ['manuals'] },
    { id: second, name: 'Search too', uses: ['manuals'] },
  ])
  expect(await using('knowledge_base', 'manuals', '产品手册')).toMatchObject([
    { id: first, uses: ['manuals', '产品手册'] },
    { id: second },
  ])
  expect(await using('knowledge_base', 'letters')).toEqual([])
})

test('variables, files and servers are told apart from texts that look like them', async () => {
  const id = await add(
    'All',
    node('v', { api_key: { load_from_db: true, value: 'SHOP_KEY' }, url: { load_from_db: false, value: 'SHOP_URL' } }),
    node('f', { path: { type: 'file', file_path: ['u1/a.txt', 'u1/b.txt'], value: [] } }),
    node('m', { mcp_server: { type: 'mcp', value: { name: 'notes', config: {} } } }),
  )
  expect(await using('variable', 'SHOP_KEY', 'SHOP_URL')).toEqual([{ id, name: 'All', uses: ['SHOP_KEY'] }])
  expect(await using('file', 'u1/b.txt')).toMatchObject([{ id, uses: ['u1/b.txt'] }])
  expect(await using('mcp_server', 'notes')).toMatchObject([{ id, uses: ['notes'] }])
  expect(await using('mcp_server', 'SHOP_KEY')).toEqual([])
})

test("another user's flows stay theirs", async () => {
  const bob = await server.person('bob')
  expect(await bob.client.call(listFlowUses, { query: { kind: 'knowledge_base', name: ['manuals'] } })).toEqual([])
})
