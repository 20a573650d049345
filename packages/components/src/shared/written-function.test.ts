import { expect, test } from 'vitest'
import { functionIn, structureOf } from './written-function.ts'

test.each([
  ['(rows) => rows.length', '(rows) => rows.length'],
  [
    'Here it is:\n```js\nrows => rows.filter(({ a }) => a > 1);\n```\nIt keeps…',
    'rows => rows.filter(({ a }) => a > 1)',
  ],
  ['const f = async (x) => {\n  return x\n};', 'async (x) => {\n  return x\n}'],
  ['```\nno code\n```\n(d) => d', '(d) => d'],
])('finds the function in %j', (answer, source) => {
  expect(functionIn(answer)).toBe(source)
})

test('says what was answered in its place', () => {
  expect(() => functionIn('I cannot.')).toThrow('Could not find a function in the response: I cannot.')
})

test('tells what data are made of, not what they say', () => {
  const value = { name: 'Ada', tags: ['a', 'b'], none: null, deep: { a: { b: { c: { d: 1 } } } }, empty: [] }
  expect(structureOf(value)).toEqual({
    name: 'string',
    tags: { 'list of 2, each like': 'string' },
    none: 'null',
    deep: { a: { b: { c: 'object' } } },
    empty: 'list of 0',
  })
})
