import { expect, test } from 'vitest'
import { isCut } from './whole-output.ts'

test.each([
  ['a text of full length with dots at its end', `${'x'.repeat(10)}...`, true],
  ['a text that ends in dots by itself', 'wait...', false],
  ['a list the server has shortened', [1, '... [truncated 7 items]'], true],
  ['a cut text inside a record', { rows: [{ text: `${'x'.repeat(10)}...` }] }, true],
  ['nothing', null, false],
])('%s', (_, value, expected) => expect(isCut(value, 10)).toBe(expected))
