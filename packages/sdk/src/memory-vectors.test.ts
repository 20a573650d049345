import { expect, test } from 'vitest'
import { createMemoryCollection, createMemoryVectors } from './memory-vectors.ts'

const chunk = (key: string, vector: readonly number[], metadata = {}) => ({ key, text: key, metadata, vector })

test('finds the nearest, those with words in common first, within the filter', async () => {
  const collection = createMemoryCollection()
  await collection.add([chunk('a cat', [1, 0], { page: 1 }), chunk('a dog', [0, 1], { page: 2 })])
  expect(await collection.search({ vector: [1, 0], limit: 1 })).toEqual([
    { key: 'a cat', text: 'a cat', metadata: { page: 1 }, distance: 0 },
  ])
  expect(await collection.search({ vector: [1, 0], text: 'Dog', limit: 1 })).toMatchObject([{ key: 'a dog' }])
  expect(await collection.search({ text: 'dog', limit: 5 })).toMatchObject([{ key: 'a dog', distance: null }])
  expect(await collection.search({ limit: 1 })).toMatchObject([{ key: 'a cat', distance: null }])
  const filtered = await collection.search({ vector: [1, 0], limit: 5, filter: { page: ['2'] }, withVectors: true })
  expect(filtered).toMatchObject([{ key: 'a dog', vector: [0, 1] }])
})

test('skips known keys, refuses other lengths, and drops what is not kept', async () => {
  const collection = createMemoryVectors().collection('x')
  await collection.add([chunk('a', [1]), chunk('b', [2])])
  expect(await collection.add([chunk('a', [3]), chunk('c', [3])])).toEqual({ added: 1, skipped: 1 })
  await expect(collection.add([chunk('d', [1, 2])])).rejects.toThrow('length 1, and this embedding model gives 2')
  await collection.keepOnly(['a', 'c'])
  expect(await collection.known(['a', 'b', 'c'])).toEqual(new Set(['a', 'c']))
})
