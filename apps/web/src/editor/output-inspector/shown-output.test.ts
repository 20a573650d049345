import { expect, test } from 'vitest'
import { saidBy } from './shown-output.ts'

test('of what a node gave, the beginning of its first text is what it said', () => {
  const data = { message: { rows: 1 }, type: 'object' }
  const text = (message: string) => ({ message, type: 'text' })
  expect(saidBy({ outputs: { data, empty: text(' '), words: text(' Hello '), more: text('there') } })).toBe('Hello')
  expect(saidBy({ outputs: { words: text('a'.repeat(300)) } })).toBe(`${'a'.repeat(200)}…`)
  expect(saidBy({ outputs: { data } })).toBeUndefined()
})
