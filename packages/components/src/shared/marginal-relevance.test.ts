import { expect, test } from 'vitest'
import { cosine, marginallyRelevant } from './marginal-relevance.ts'

test('takes the nearest first, then what is unlike it', () => {
  const candidates = [
    { name: 'near', vector: [1, 0.1] },
    { name: 'twin', vector: [1, 0.11] },
    { name: 'other', vector: [0.7, -0.7] },
  ]
  const taken = marginallyRelevant([1, 0], candidates, 2)
  expect(taken.map(({ name }) => name)).toEqual(['near', 'other'])
  expect(marginallyRelevant([1, 0], candidates, 9)).toHaveLength(3)
})

test('a vector of length 0 is like nothing', () => {
  expect(cosine([0, 0], [1, 0])).toBe(0)
})
