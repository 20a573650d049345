import { catalog } from '@runnel/components/catalog'
import { createFlow } from '@runnel/protocol/flows'
import { checkComponents, checkForUpdate, readInstance, readUpdate } from '@runnel/protocol/instance'
import type { JsonObject } from '@runnel/protocol/json'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp } from '../test-app.ts'

let server: TestApp
beforeAll(async () => {
  const env = {
    LANGFLOW_DATABASE_URL: 'postgresql://user:a-password@db.internal/x',
    LANGFLOW_MAX_FILE_SIZE_UPLOAD: '7',
    RUNNEL_MODEL_PRICES: 'OpenAI:gpt-5=1/2',
  }
  server = await testApp({ user: 'root', superuser: true, components: catalog, env })
})
afterAll(() => server.close())

test('every part of a server that does well says so', async () => {
  const { health, node } = await server.client.call(readInstance, {})
  expect(node).toBe(process.version)
  expect(health).toMatchObject({
    database: { status: 'ok', problem: null, kind: 'sqlite' },
    cache: { status: 'ok', answers: 0, results: 0 },
    queue: { status: 'ok', runs: 0, limit: 10_000 },
    storage: { status: 'ok', problem: null },
  })
  expect(health.storage.free_bytes).toBeGreaterThan(0)
})

test('settings are told as the server goes by them, and no secret is', async () => {
  const { settings } = await server.client.call(readInstance, {})
  const of = (variable: string) => settings.find((setting) => setting.variable === variable)
  expect(of('LANGFLOW_MAX_FILE_SIZE_UPLOAD')).toMatchObject({ value: '7', is_default: false })
  expect(of('LANGFLOW_AUTO_SAVING')).toMatchObject({ value: 'true', is_default: true })
  expect(of('RUNNEL_MODEL_PRICES')).toMatchObject({ value: 'OpenAI:gpt-5=1/2', is_default: false })
  expect(of('LANGFLOW_DATABASE_URL')).toMatchObject({ value: null, is_default: false })
  expect(of('LANGFLOW_SECRET_KEY')).toMatchObject({ value: '', is_default: true })
  expect(JSON.stringify(settings)).not.toContain('a-password')
})

test('what settings do is told in the language of the reader', async () => {
  const port = async (language: string) =>
    (await server.client.call(readInstance, { headers: { 'accept-language': language } })).settings.find(
      ({ variable }) => variable === 'LANGFLOW_PORT',
    )?.about
  expect(await port('en-US,en;q=0.9')).toContain('The port to listen on')
  expect(await port('zh-CN,zh;q=0.9')).toContain('监听的端口')
})

test('components that do not load are found in the flows of all users, with where and why', async () => {
  const bob = await server.person('bob')
  const source = (body: string) => `import { defineComponent } from 'runnel'
${body}
export default defineComponent({ displayName: 'Own', outputs: { said: { type: 'Message', run: () => 'x' } } })
`
  const outputs = [{ name: 'said', display_name: 'Said', types: ['Message'], method: 'said' }]
  const own = (id: string, code: string): JsonObject => ({
    id,
    type: 'genericNode',
    position: { x: 0, y: 0 },
    data: {
      id,
      type: 'CustomComponent',
      node: { display_name: 'Own', template: { _type: 'Component', code: { value: code } }, outputs },
    },
  })
  const gone: JsonObject = {
    id: 'Gone-1',
    type: 'genericNode',
    position: { x: 0, y: 0 },
    data: { id: 'Gone-1', type: 'GoneComponent', node: { display_name: 'Gone', template: {} } },
  }
  const nodes = [
    own('CustomComponent-1', source('')),
    own('CustomComponent-2', source("function fails() { throw new Error('no luck') }\nfails()")),
    gone,
  ]
  const { id } = await bob.client.call(createFlow, { body: { name: 'Broken', data: { nodes, edges: [] } } })
  const report = await server.client.call(checkComponents, {})
  expect(report).toMatchObject({ flows: 1, components: 3, is_cut: false })
  const place = { flow_id: id, flow: 'Broken', owner: 'bob' }
  expect(report.failures).toEqual([
    {
      ...place,
      node_id: 'CustomComponent-2',
      component: 'Own',
      kind: 'code',
      error: 'Line 2: no luck',
      traceback: expect.stringMatching(/^at fails \(component:2.*\nat .*\(?component:3/),
    },
    {
      ...place,
      node_id: 'Gone-1',
      component: 'Gone',
      kind: 'missing',
      error: expect.stringContaining('GoneComponent is not available'),
      traceback: '',
    },
  ])
})

test('the installation is for superusers; whether there is a newer release, for every user', async () => {
  const ada = await server.person('ada')
  for (const endpoint of [readInstance, checkComponents, checkForUpdate]) {
    await expect(ada.client.call(endpoint, {})).rejects.toMatchObject({ status: 403 })
  }
  const off = { status: 'off', version: '0.1.0', latest: null, checked_at: null }
  await expect(ada.client.call(readUpdate, {})).resolves.toEqual(off)
})
