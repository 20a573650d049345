import { expect, test } from 'vitest'
import { countWords } from './count-words.ts'

test('counts words, and Chinese by characters', () => {
  expect(countWords("It's a well-known fact")).toBe(4)
  expect(countWords('你好 world 世界')).toBe(5)
  expect(countWords(' \n ')).toBe(0)
})
