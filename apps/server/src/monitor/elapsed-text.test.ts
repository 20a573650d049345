import { expect, test } from 'vitest'
import { elapsedText } from './elapsed-text.ts'

test.each([
  [0.4, '0 ms'],
  [14.6, '15 ms'],
  [999.4, '999 ms'],
  [1000, '1.0 second'],
  [1030, '1.03 seconds'],
  [1500, '1.5 seconds'],
  [3000, '3.0 seconds'],
  [60_000, '1 minute, 0.0 seconds'],
  [123_500, '2 minutes, 3.5 seconds'],
])('%d ms is %s', (ms, text) => {
  expect(elapsedText(ms)).toBe(text)
})
