import { expect, test } from 'vitest'
import { metadataOf, pairsOf } from './chunk-metadata.ts'

const before = { source: 'a.md', chunk_index: 3, tags: ['x'], draft: false }

test('metadata keep their types when they are left as they were', () => {
  expect(pairsOf(before)).toEqual([
    ['source', 'a.md'],
    ['chunk_index', '3'],
    ['tags', '["x"]'],
    ['draft', 'false'],
  ])
  expect(metadataOf(pairsOf(before), before)).toEqual(before)
})

test('what is changed or added is a text, and a line without a name is left out', () => {
  const pairs = [
    ['source', 'b.md'],
    ['chunk_index', '4'],
    [' shelf ', 'A'],
    ['', 'lost'],
  ] as const
  expect(metadataOf(pairs, before)).toEqual({ source: 'b.md', chunk_index: '4', shelf: 'A' })
})
