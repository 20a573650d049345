import { expect, test } from 'vitest'
import { readFlaw } from './code-flaw.ts'

test.each([
  ["'(' was never closed (<unknown>, line 3)", { line: 3, text: "'(' was never closed" }],
  ['Line 8: TypeError: not a function', { line: 8, text: 'TypeError: not a function' }],
  ['Line 2: one\nand two', { line: 2, text: 'one\nand two' }],
  ['The output "output" needs a type.', { line: undefined, text: 'The output "output" needs a type.' }],
])('the place and the words of %j are told apart', (message, flaw) => {
  expect(readFlaw(message)).toEqual(flaw)
})
