import { expect, test } from 'vitest'
import { bytesText } from './bytes.ts'

test('sizes are said in the largest unit that leaves a whole number', () => {
  expect(bytesText(0, 'en')).toBe('0 bytes')
  expect(bytesText(1023, 'en')).toBe('1,023 bytes')
  expect(bytesText(1536, 'en')).toBe('1.5 kB')
  expect(bytesText(5 * 1024 * 1024, 'en')).toBe('5 MB')
  expect(bytesText(3 * 1024 ** 4, 'en')).toBe('3,072 GB')
})
