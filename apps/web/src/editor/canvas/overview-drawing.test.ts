import { expect, test } from 'vitest'
import { linesOf } from './overview-drawing.ts'

test('a name is broken between its words, and what does not fit stands in the last line', () => {
  expect(linesOf('Chat Input', 10, 3)).toEqual(['Chat Input'])
  expect(linesOf('Language Model', 10, 3)).toEqual(['Language', 'Model'])
  expect(linesOf('Ask one model of many', 9, 2)).toEqual(['Ask one', 'model of many'])
  expect(linesOf('Embeddings', 4, 3)).toEqual(['Embeddings'])
  expect(linesOf('', 4, 3)).toEqual([''])
})
