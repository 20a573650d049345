import type { NodeResult } from '@runnel/engine/node-result'
import { data, message } from '@runnel/sdk'
import { expect, test } from 'vitest'
import { createRunWords } from './run-words.ts'

function said(value: unknown): string | null {
  const words = createRunWords()
  // Of a result the ends of a run are told by these two alone.
  words.notice({ node: { role: 'input' }, outputs: new Map([['out', value]]) } as unknown as NodeResult)
  return words.read().said
}

test('lists show the text of a value, or its entries, and not what they are wrapped in', () => {
  expect(said(message('Hello'))).toBe('Hello')
  expect(said(data({ text: 'Hello' }))).toBe('Hello')
  expect(said(data({ any: 'data', text: 'Hello' }))).toBe('{"any":"data","text":"Hello"}')
  expect(said(data({ order: { id: 7 } }))).toBe('{"order":{"id":7}}')
  expect(said([{ a: 1 }])).toBe('[{"a":1}]')
  expect(said(undefined)).toBeNull()
})
