import { expect, test } from 'vitest'
import { canInspect, shownOutputOf } from './shown-output.ts'
import { columnNames, normOf, shownValue } from './shown-value.ts'

test.each([
  ['hello', 'text', 'text'],
  ['<!DOCTYPE html><p>x', 'text', 'html'],
  ['data:image/png;base64,AAAA', 'text', 'image'],
  ['data:audio/mpeg;base64,AAAA', 'text', 'audio'],
  ['data:application/pdf;base64,JVBERi0=', 'text', 'pdf'],
  [{ a: 1 }, 'object', 'json'],
  [[{ a: 1 }], 'array', 'records'],
  [[0.1, 0.2], 'array', 'vector'],
  [['a', 1], 'array', 'json'],
  [{ errorMessage: 'no', stackTrace: '' }, 'error', 'error'],
  ['http://x', 'stream', 'stream'],
])('%j of type %s is shown as %s', (message, type, kind) => {
  expect(shownValue(message, type).kind).toBe(kind)
})

test('rows the server left out are counted and the rest are a grid of all columns', () => {
  const value = shownValue([{ a: 1 }, { b: 2 }, '... [truncated 7 items]'], 'array')
  expect(value).toEqual({ kind: 'records', rows: [{ a: 1 }, { b: 2 }], cut: 7 })
  expect(columnNames([{ a: 1 }, { b: 2, a: 3 }])).toEqual(['a', 'b'])
  expect(normOf([3, 4])).toBe(5)
})

test('the vectors of an object are drawn, whole or with what the server left out counted', () => {
  const numbers = Array.from({ length: 16 }, (_, index) => index)
  const data = { text: 'a', embeddings: [...numbers, '... [truncated 4 items]'], point: [1, 2] }
  expect(shownValue(data, 'object')).toEqual({
    kind: 'json',
    value: data,
    vectors: [['embeddings', { numbers, cut: 4 }]],
  })
  expect(shownValue([...numbers, '... [truncated 4 items]'], 'array')).toMatchObject({ vector: { cut: 4 } })
})

test('a group shows what the node inside gave, and nothing is nothing', () => {
  const run = { outputs: { text: { message: 'x', type: 'text' }, none: { message: '', type: 'unknown' } } }
  const of = (output: Parameters<typeof shownOutputOf>[1]) =>
    canInspect(shownOutputOf(run as unknown as Parameters<typeof shownOutputOf>[0], output))
  expect(of({ name: 'Inner-1_text', proxy: { id: 'Inner-1', name: 'text' } })).toBe(true)
  expect(of({ name: 'none' })).toBe(false)
  expect(of({ name: 'missing' })).toBe(false)
})
