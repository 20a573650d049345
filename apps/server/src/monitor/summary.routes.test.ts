import { createFlow } from '@runnel/protocol/flows'
import { newId } from '@runnel/protocol/id'
import { readMonitorSummary } from '@runnel/protocol/monitor-summary'
import { aRun } from '@runnel/storage/test-records'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, type TestPerson, testApp } from '../test-app.ts'
import { periodBefore, periodOf } from './summary-period.ts'

let server: TestApp
let eve: TestPerson
let flowId: string
const graph = { nodes: [{ id: 'M', data: { id: 'M', node: { display_name: 'Writer' } } }], edges: [] }
beforeAll(async () => {
  server = await testApp({ user: 'ada' })
  eve = await server.person('eve')
  flowId = (await server.client.call(createFlow, { body: { name: 'Mine', data: graph } })).id
  const { id: userId = '' } = (await server.storage.users.findByName('ada')) ?? {}
  const startedAt = Date.now()
  const run = aRun(userId, flowId, { startedAt, endedAt: startedAt + 100, cost: 2_000_000_000 })
  const failed = {
    id: newId(),
    status: 'failed',
    error: 'No key',
    errorCode: 'model_error',
    failedNodeId: 'M',
  } as const
  const unpriced = { cost: null, unpricedTokens: 9, inputTokens: 9 }
  await server.storage.runs.record({ run, messages: [], steps: [] })
  await server.storage.runs.record({ run: { ...run, ...failed, ...unpriced }, messages: [], steps: [] })
})
afterAll(() => server.close())

const read = (query: object, client = server.client) => client.call(readMonitorSummary, { query })

test('a range has its sums, a slot for every day, and the time before it to compare with', async () => {
  const summary = await read({ range: '7d' })
  const sums = {
    runs: 2,
    succeeded: 1,
    failed: 1,
    success_rate: 0.5,
    cost: 2,
    unpriced_runs: 1,
    unpriced_tokens: 9,
    sessions: 1,
  }
  expect(summary).toMatchObject({
    slot: 'day',
    totals: sums,
    previous: { totals: { runs: 0, success_rate: null, cost: null } },
  })
  expect(summary.slots).toHaveLength(7)
  expect(summary.slots.reduce((sum, { runs }) => sum + runs, 0)).toBe(2)
  expect(summary.totals.p50_ms).toBeGreaterThan(90)
  expect(summary.totals.p50_ms).toBeLessThan(110)
  expect(summary.errors).toMatchObject([
    { code: 'model_error', message: 'No key', flow_id: flowId, component_name: 'Writer', runs: 1 },
  ])
  expect((await read({ range: '24h', flow_id: flowId })).slots).toHaveLength(24)
  expect((await read({ flow_id: newId() })).totals.runs).toBe(0)
  await expect(read({ range: 'ever' })).rejects.toMatchObject({ status: 422 })
})

test('runs are one’s own alone; a superuser sees everybody’s, without what they say', async () => {
  expect(await read({ flow_id: flowId }, eve.client)).toMatchObject({ totals: { runs: 0 }, errors: [] })
  await expect(read({ scope: 'instance' }, eve.client)).rejects.toMatchObject({ status: 403 })
  const root = await server.person('root', { superuser: true })
  const everybody = await read({ scope: 'instance' }, root.client)
  expect(everybody.totals.runs).toBe(2)
  expect(everybody.errors).toMatchObject([{ code: 'model_error', message: null, flow_id: null, component_name: null }])
})

test('a period ends with the hour or day that goes on, and is compared with as much time before it', () => {
  const now = Date.parse('2026-01-10T09:30:00Z')
  const week = periodOf('7d', now)
  expect([week.since, week.until].map((time) => new Date(time).toISOString().slice(0, 10))).toEqual([
    '2026-01-04',
    '2026-01-11',
  ])
  const before = periodBefore(week, now)
  // Half past nine is compared with ten o'clock.
  expect(before.until - before.since).toBe(Date.parse('2026-01-10T10:00:00Z') - week.since)
  expect(periodOf('24h', now).until).toBe(Date.parse('2026-01-10T10:00:00Z'))
})
