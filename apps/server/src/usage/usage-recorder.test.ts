import { newId } from '@runnel/protocol/id'
import { openStorage, type Storage } from '@runnel/storage/open-storage'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createLog } from '../log.ts'
import { createUsageRecorder } from './usage-recorder.ts'

let storage: Storage
beforeEach(async () => {
  storage = await openStorage({ sqlitePath: ':memory:' })
})
afterEach(() => storage.close())

const log = createLog('ERROR', () => {})
const userId = newId()
const call = { userId, flowId: 'flow', keyId: 'key', outcome: 'done', durationMs: 100 } as const

test('calls become sums: a row for a day, a flow, a key and a duration', async () => {
  let now = Date.parse('2026-01-31T23:59:59Z')
  const recorder = createUsageRecorder({ storage, log, now: () => now })
  for (let at = 0; at < 1000; at++) recorder.count({ ...call, inputTokens: 2, outputTokens: 3 })
  recorder.count({ ...call, outcome: 'failed', keyId: null })
  now += 1000
  recorder.count({ ...call, outcome: 'refused', durationMs: undefined } as never)
  recorder.count({ userId, flowId: 'flow', keyId: 'key', outcome: 'limited' })
  recorder.count({ ...call, outcome: 'cached', durationMs: 0 })
  await recorder.flush()
  const rows = await storage.usage.list({ userId })
  expect(
    rows.map(({ day, keyId, calls, errors, limited, cached, inputTokens, outputTokens }) => [
      day,
      keyId,
      calls,
      errors,
      limited,
      cached,
      inputTokens,
      outputTokens,
    ]),
  ).toEqual([
    ['2026-01-31', '', 1, 1, 0, 0, 0, 0],
    ['2026-01-31', 'key', 1000, 0, 0, 0, 2000, 3000],
    ['2026-02-01', 'key', 1, 1, 1, 0, 0, 0],
    ['2026-02-01', 'key', 1, 0, 0, 1, 0, 0],
  ])
})

test('costs are added up, of those calls whose cost is known', async () => {
  const recorder = createUsageRecorder({ storage, log, now: () => 0 })
  for (const cost of [null, 3, 4, null]) recorder.count({ ...call, cost, unpricedTokens: 5 })
  recorder.count({ ...call, flowId: 'free', cost: null })
  await recorder.flush()
  expect(await storage.usage.list({ userId })).toMatchObject([
    { flowId: 'flow', cost: 7, unpricedTokens: 20 },
    { flowId: 'free', cost: null, unpricedTokens: 0 },
  ])
})

test('what could not be written is written later', async () => {
  let isAway = true
  const flaky: Pick<Storage, 'usage'> = {
    usage: {
      ...storage.usage,
      add: (records) => (isAway ? Promise.reject(new Error('away')) : storage.usage.add(records)),
    },
  }
  const recorder = createUsageRecorder({ storage: flaky, log, now: () => 0 })
  recorder.count(call)
  await recorder.flush()
  recorder.count(call)
  isAway = false
  await recorder.flush()
  expect(await storage.usage.list({ userId })).toMatchObject([{ calls: 2 }])
})
