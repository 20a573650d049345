import { expect, test } from 'vitest'
import { ageOf } from './dates.ts'

test('the day of a session is that of the zone the user chose', () => {
  const [evening, now] = [Date.parse('2026-11-21T23:30:00Z'), Date.parse('2026-11-22T00:30:00Z')]
  expect(ageOf(evening, now, 'UTC')).toBe('yesterday')
  expect(ageOf(evening, now, 'Asia/Shanghai')).toBe('today')
  expect(ageOf(evening, now + 3 * 86_400_000, 'UTC')).toBe('week')
  expect(ageOf(evening, now + 9 * 86_400_000, 'UTC')).toBe('older')
})
