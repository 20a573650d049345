import { expect, test } from 'vitest'
import { timeOfFilter } from './period.ts'

const now = Date.parse('2026-02-01T12:00:30Z')

test('days that were chosen count whole, and more than the period', () => {
  const { since = '', until = '' } = timeOfFilter({ period: 'hour', from: '2026-01-05', to: '2026-01-05' }, now)
  expect(Date.parse(until) - Date.parse(since)).toBe(24 * 3_600_000 - 1)
  expect(timeOfFilter({ period: 'hour', from: '', to: '' }, now)).toEqual({ since: '2026-02-01T11:00:00.000Z' })
  expect(timeOfFilter({ period: 'any', from: 'soon', to: '' }, now)).toEqual({})
})
