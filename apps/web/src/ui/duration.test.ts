import { expect, test } from 'vitest'
import { durationText } from './duration.ts'

test('durations are said in the unit a person would use', () => {
  expect(durationText(340.4, 'en')).toBe('340 ms')
  expect(durationText(2440, 'en')).toBe('2.4 sec')
  expect(durationText(185_000, 'en')).toBe('3 min 5 sec')
  expect(durationText(3_600_000, 'en')).toBe('1 hr')
  expect(durationText(86_700_000, 'en')).toBe('24 hr 5 min')
  expect(durationText(2440, 'zh-CN')).toBe('2.4秒')
})
