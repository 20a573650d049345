import { expect, test } from 'vitest'
import { matchesAtStart } from './python-regex.ts'

test.each([
  ['ab+', 'abbc', true],
  ['b', 'ab', false],
  ['.*b', 'ab', true],
  ['(?i)AB', 'ab', true],
  ['AB', 'ab', false],
  ['(?P<q>[\'"]).*(?P=q)', '"x"', true],
  ['\\Aab\\Z', 'ab', true],
  ['ab\\Z', 'abc', false],
  ['\\d{3}-\\d{4}', '555-1234', true],
  ['', 'anything', true],
])('%s at the start of %j is %j', (pattern, text, expected) => {
  expect(matchesAtStart(pattern, text)).toBe(expected)
})

test.each(['(', '[', '*', '(?<x'])('takes %j, which is no expression, as no match', (pattern) => {
  expect(matchesAtStart(pattern, 'text')).toBe(false)
})

test('gives up on an expression that would never end', () => {
  expect(matchesAtStart('(a+)+$', `${'a'.repeat(40)}!`)).toBe(false)
})

test('tries neither patterns nor texts that are too long', () => {
  expect(matchesAtStart('a'.repeat(1001), 'a'.repeat(1001))).toBe(false)
  expect(matchesAtStart('a', 'a'.repeat(100_001))).toBe(false)
})
