import type { UsageRow } from '@runnel/protocol/usage'
import { expect, test } from 'vitest'
import { everyDay, firstDay } from './usage-days.ts'

const row = (day: string): UsageRow => ({
  day,
  flow_id: null,
  flow_name: null,
  key_id: null,
  key_name: null,
  calls: 3,
  errors: 1,
  limited: 0,
  cached: 0,
  p50_ms: 10,
  p95_ms: 20,
  input_tokens: 0,
  output_tokens: 0,
  cost: null,
  unpriced_tokens: 0,
})

test('a day nobody called on has its place between the others', () => {
  const rows = [row('2026-03-01'), row('2026-02-27')]
  expect(everyDay(rows, '2026-02-27', '2026-03-01')).toEqual([
    { day: '2026-02-27', row: rows[1] },
    { day: '2026-02-28', row: undefined },
    { day: '2026-03-01', row: rows[0] },
  ])
})

test('a period of seven days has today as its last', () => {
  const now = Date.parse('2026-03-03T23:59:00Z')
  expect(everyDay([], firstDay(7, now), '2026-03-03')).toHaveLength(7)
})
