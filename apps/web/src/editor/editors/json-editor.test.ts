import { CompletionContext } from '@codemirror/autocomplete'
import { EditorState } from '@codemirror/state'
import { expect, test } from 'vitest'
import { keyCompletion, keyHints } from './json-hints.ts'
import { foundIn } from './json-search.ts'

const schema = {
  type: 'object',
  properties: {
    mode: { enum: ['fast', 'slow'], description: 'How to go about it' },
    steps: { type: 'array', items: { type: 'object', properties: { name: { type: ['string', 'null'] } } } },
  },
}

test('hints are the keys of a schema, at any depth, else those of an example', () => {
  expect(keyHints(schema, { other: 1 })).toEqual([
    { key: 'mode', type: '"fast" | "slow"', info: 'How to go about it' },
    { key: 'steps', type: 'array', info: '' },
    { key: 'name', type: 'string | null', info: '' },
  ])
  expect(keyHints('no schema', { a: [{ b: null }], c: 'x' }).map(({ key, type }) => `${key} ${type}`)).toEqual([
    'a array',
    'b null',
    'c string',
  ])
})

test('keys are completed where one is typed, values are not', async () => {
  const complete = keyCompletion(keyHints(schema, undefined))
  const at = (text: string) => complete(new CompletionContext(EditorState.create({ doc: text }), text.length, false))
  expect((await at('{"mo'))?.from).toBe(2)
  expect((await at('{"mode": 1,\n  "'))?.options).toHaveLength(3)
  expect(await at('{"mode": "fa')).toBeNull()
})

test('a search keeps the parts it finds and the way there, places of lists included', () => {
  const value = { one: { deep: 'needle' }, list: ['hay', 'Needle'], key: 1, 'a needle': [2] }
  expect(foundIn(value, ' needle')).toEqual({ one: { deep: 'needle' }, list: { 1: 'Needle' }, 'a needle': [2] })
  expect(foundIn(value, '')).toBe(value)
  expect(foundIn(value, 'nothing')).toBeUndefined()
})
