import { expect, test } from 'vitest'
import { retryAfterMs } from './attempts.ts'

const now = Date.parse('2026-01-01T00:00:00Z')

test.each([
  ['3', 3000],
  ['0.5', 500],
  ['0', 0],
  [' 2 ', 2000],
  ['Thu, 01 Jan 2026 00:00:07 GMT', 7000],
  ['Wed, 31 Dec 2025 00:00:00 GMT', 0],
  ['-5', undefined],
  ['soon', undefined],
  ['1e9x', undefined],
  ['', undefined],
  [undefined, undefined],
])('reads Retry-After %j as %j ms', (header, expected) => {
  expect(retryAfterMs(header, now)).toBe(expected)
})
