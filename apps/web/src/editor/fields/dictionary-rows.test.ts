import { expect, test } from 'vitest'
import { problemsOf, rowsOf, storedRows } from './dictionary-rows.ts'

test('reads a dictionary and a list of its rows alike, and stores what the field holds', () => {
  const rows = [
    ['a', ' spaces stay '],
    ['b', '2'],
  ] as const
  expect(rowsOf({ a: ' spaces stay ', b: '2' })).toEqual(rows)
  expect(rowsOf([{ a: ' spaces stay ' }, { b: '2' }])).toEqual(rows)
  expect(storedRows(rows, false)).toEqual({ a: ' spaces stay ', b: '2' })
  expect(storedRows(rows, true)).toEqual([{ a: ' spaces stay ' }, { b: '2' }])
  expect(rowsOf({ nested: { x: 1 } })).toEqual([['nested', '{"x":1}']])
})

test('names keys that are missing or there twice', () => {
  expect(
    problemsOf([
      ['a', '1'],
      ['a', '2'],
      ['', '3'],
      ['', ''],
    ]),
  ).toEqual(['sameKey', 'sameKey', 'emptyKey', undefined])
})
