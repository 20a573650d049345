import { expect, test } from 'vitest'
import { readViews } from './stored-views.ts'

test('views are read as they were kept, anything else is left out', () => {
  const kept = { name: 'Failed today', state: { status: 'failed', period: 'day' } }
  expect(readViews(JSON.stringify([kept, { name: 7 }, 'x', { name: 'odd', state: { status: 1, q: 'a' } }]))).toEqual([
    kept,
    { name: 'odd', state: { q: 'a' } },
  ])
  for (const nothing of [null, '{', '{}', 'null']) expect(readViews(nothing)).toEqual([])
})
