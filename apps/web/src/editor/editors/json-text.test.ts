import { expect, test } from 'vitest'
import { readJson } from './json-text.ts'

test('a text is read as JSON, or it is told in which line it is none', () => {
  expect(readJson('{\n  "city": "北京"\n}')).toEqual({ isValid: true, value: { city: '北京' } })
  expect(readJson('{\n  "na"\n  "city": "北京"\n}')).toEqual({ isValid: false, line: 3 })
  expect(readJson('{\n  "open": [\n\n')).toEqual({ isValid: false, line: 2 })
})
