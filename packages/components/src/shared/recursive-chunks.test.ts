import fc from 'fast-check'
import { expect, test } from 'vitest'
import { recursiveChunks } from './recursive-chunks.ts'

test('no chunk is longer than its size, and every word is in one', () => {
  const word = fc.stringMatching(/^[a-z]{1,12}$/)
  const joint = fc.constantFrom(' ', '\n', '\n\n')
  fc.assert(
    fc.property(fc.array(fc.tuple(word, joint), { maxLength: 30 }), fc.integer({ min: 12, max: 40 }), (parts, size) => {
      const text = parts.map(([part, end]) => part + end).join('')
      const chunks = recursiveChunks(text, { size, overlap: 5 })
      for (const chunk of chunks) expect(chunk.length).toBeLessThanOrEqual(size)
      const words = new Set(chunks.flatMap((chunk) => chunk.split(/\s+/)))
      for (const [part] of parts) expect(words).toContain(part)
    }),
  )
})

test('cuts between paragraphs before lines, and lines before words', () => {
  const text = 'One two three.\nFour five.\n\nSix seven eight nine.'
  expect(recursiveChunks(text, { size: 27, overlap: 0 })).toEqual([
    'One two three.\nFour five.',
    'Six seven eight nine.',
  ])
  expect(recursiveChunks('abcdefghij', { size: 4, overlap: 0 })).toEqual(['abcd', 'efgh', 'ij'])
})
