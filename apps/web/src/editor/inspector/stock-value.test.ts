import { expect, test } from 'vitest'
import { asStock, differs } from './stock-value.ts'

test('a field is brought back with all that its value brought along', () => {
  expect(asStock({ type: 'str', value: 'KEY', load_from_db: true }, { type: 'str', value: 'a' })).toEqual({
    value: 'a',
    load_from_db: false,
  })
  const file = { type: 'file', value: ['a.txt'], file_path: ['u/a.txt'] }
  expect(asStock(file, { type: 'file', value: '' })).toEqual({ value: '', load_from_db: false, file_path: '' })
})

test('a field differs by its value, or by reading a variable', () => {
  expect(differs({ value: 'a' }, { value: 'a' })).toBe(false)
  expect(differs({ value: '' }, {})).toBe(false)
  expect(differs({ value: ['a'] }, { value: ['b'] })).toBe(true)
  expect(differs({ value: 'KEY', load_from_db: true }, { value: '' })).toBe(true)
})
