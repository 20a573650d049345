import { expect, test } from 'vitest'
import { clamp, isTooLarge, parseNumber, rangeOf, stepped } from './number-text.ts'

test('reads numbers with a point or a comma, and whole ones exactly', () => {
  expect(parseNumber('1,5', false)).toBe(1.5)
  expect(parseNumber('-2e3', false)).toBe(-2000)
  expect(parseNumber('1.5', true)).toBeUndefined()
  expect(parseNumber('9007199254740993', true)).toBeUndefined()
  expect(isTooLarge('9007199254740993')).toBe(true)
  expect(isTooLarge('9007199254740991')).toBe(false)
  expect(isTooLarge('12px')).toBe(false)
  expect(parseNumber(' ', true)).toBe('')
  expect(parseNumber('12px', false)).toBeUndefined()
})

test('steps without the dust of binary fractions and stays in its range', () => {
  const range = rangeOf({ min: 0, max: 1, step: 0.1 }, false)
  expect(stepped(0.2, 1, range)).toBe(0.3)
  expect(stepped(1, 1, range)).toBe(1)
  expect(clamp(-4, range)).toBe(0)
  expect(rangeOf(null, true)).toEqual({ min: undefined, max: undefined, step: 1 })
})
