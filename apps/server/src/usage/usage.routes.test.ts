import { catalog } from '@runnel/components/catalog'
import { createApiKey } from '@runnel/protocol/api-keys'
import { downloadUsage, readUsage } from '@runnel/protocol/usage'
import { flow } from '@runnel/testing/flow-builder'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp } from '../test-app.ts'
import { component, echoFlow } from '../test-flows.ts'
import { published } from '../workflows/test-workflow.ts'

const DAY_MS = 86_400_000

let server: TestApp
let ids: { echo: string; failing: string; key: string }
beforeAll(async () => {
  server = await testApp({ user: 'ada', components: catalog, env: { FLOWAI_RATE_LIMIT: '0' } })
  // The next noon in UTC: all calls are of one day, whenever this runs.
  server.clock.advance(DAY_MS - ((server.clock.now() + DAY_MS / 2) % DAY_MS))
  const post = (url: string, body: object, apiKey = server.apiKey) =>
    server.app.inject({ method: 'POST', url, headers: { 'x-api-key': apiKey }, payload: JSON.stringify(body) })
  const key = await server.client.call(createApiKey, { body: { name: '=shop, "the"' } })
  const echo = await published(server, echoFlow(), { name: 'Echo' })
  const failing = await published(
    server,
    flow({ ask: component('ChatInput'), no: { component: component('JSONCleaner') }, say: component('ChatOutput') }, [
      'ask.message -> no.json_str',
      'no.output -> say.input_value',
    ]),
    { name: 'Failing' },
  )
  ids = { echo, failing, key: key.id }
  await post(`/v1/api/workflow/run/${echo}`, { input: { a: 'b' } }, key.api_key)
  await post(`/v1/api/workflow/run/${echo}`, { input: {} }, key.api_key)
  await post(`/v1/api/workflow/run/${failing}`, { input: { a: 'no json' } }, key.api_key)
  await post(`/api/v1/run/${echo}`, { input_value: 'hi' })
})
afterAll(() => server.close())

const read = (query: object = {}) => server.client.call(readUsage, { query })

test('calls are counted by day, flow and key, failed and refused ones as errors', async () => {
  const { rows, total } = await read({ group_by: ['flow', 'key'] })
  const facts = rows.map((row) => [row.day, row.flow_name, row.key_id === ids.key, row.calls, row.errors])
  expect(facts.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))).toEqual([
    [null, 'Echo', false, 1, 0],
    [null, 'Echo', true, 2, 1],
    [null, 'Failing', true, 1, 1],
  ])
  expect(total).toMatchObject({ calls: 4, errors: 2, p50_ms: expect.any(Number), p95_ms: expect.any(Number) })
})

test('they are asked for by flow, key and day, and added up as wanted', async () => {
  expect((await read({ flow_id: ids.failing })).total).toMatchObject({ calls: 1 })
  expect((await read({ key_id: ids.key })).total).toMatchObject({ calls: 3 })
  expect((await read({ key_id: 'none' })).total).toMatchObject({ calls: 0, p50_ms: null })
  expect((await read({ from: '2020-01-01', to: '2020-01-31' })).rows).toEqual([])
  expect((await read({ group_by: ['day'] })).rows).toMatchObject([{ calls: 4, flow_id: null, key_id: null }])
  await expect(read({ from: 'yesterday' })).rejects.toMatchObject({ status: 422 })
})

test('they are downloaded as CSV in which no name is a formula', async () => {
  const csv = await server.client.request(downloadUsage, { query: { group_by: ['key'], key_id: ids.key } })
  expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  expect(csv.headers.get('content-disposition')).toMatch(/^attachment; filename="usage_\d{4}-.*\.csv"$/)
  const [head, row = '', ...more] = (await csv.text()).split('\r\n')
  expect(head).toMatch(/^day,flow_id,flow_name,key_id,key_name,calls,errors,/)
  expect(row.startsWith(`,,,${ids.key},"'=shop, ""the""",3,2,0,0,`)).toBe(true)
  expect(more).toEqual([''])
})

test('they are one’s own alone', async () => {
  const eve = await server.person('eve')
  expect(await eve.client.call(readUsage, { query: { flow_id: ids.echo } })).toMatchObject({ rows: [] })
})
