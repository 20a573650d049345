import { expect, test } from 'vitest'
import { pseudoText, pseudoWords } from './pseudo-words.ts'

test('words are marked and longer; values and tags in them stay', () => {
  expect(pseudoText('Save {{name}} as <1>a file</1>')).toBe('[Šávé {{name}} áš <1>á fílé</1>~~~~~~~~ ~~~]')
  expect(pseudoWords({ a: { b: 'Go' } })).toEqual({ a: { b: '[Ğó~]' } })
})
