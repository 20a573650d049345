import { expect, test } from 'vitest'
import { csvField } from './csv-field.ts'

test('a CSV field is quoted only when it must be', () => {
  expect(csvField('plain 天气')).toBe('plain 天气')
  expect(csvField('a,b')).toBe('"a,b"')
  expect(csvField('he said "no"\nand left')).toBe('"he said ""no""\nand left"')
  expect(csvField(null)).toBe('')
})

test('what a spreadsheet would compute stays text', () => {
  expect(csvField('=1+1')).toBe("'=1+1")
  expect(csvField('@SUM(A1,A2)')).toBe('"\'@SUM(A1,A2)"')
})
