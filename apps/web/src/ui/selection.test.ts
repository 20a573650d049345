import { expect, test } from 'vitest'
import { nextSelection } from './selection.ts'

const order = ['a', 'b', 'c', 'd', 'e']
const after = (before: readonly string[], id: string, last?: string, shiftKey = false) =>
  [...nextSelection(new Set(before), order, { id, last, shiftKey })].sort()

test('a click adds one entry or takes it back', () => {
  expect(after([], 'b')).toEqual(['b'])
  expect(after(['b', 'c'], 'b')).toEqual(['c'])
})

test('a click with Shift selects the range from the last one, in either direction', () => {
  expect(after(['b'], 'd', 'b', true)).toEqual(['b', 'c', 'd'])
  expect(after(['d'], 'a', 'd', true)).toEqual(['a', 'b', 'c', 'd'])
})

test('a click with Shift on a selected entry takes the range back', () => {
  expect(after(['a', 'b', 'c', 'd'], 'b', 'd', true)).toEqual(['a'])
})

test('a click with Shift is a plain one when the last entry is gone', () => {
  expect(after([], 'c', 'gone', true)).toEqual(['c'])
})
