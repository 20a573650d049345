import { expect, test } from 'vitest'
import { hashingEmbeddings } from './hashing-embeddings.ts'

const { signal } = new AbortController()
const near = (a: readonly number[] = [], b: readonly number[] = []): number =>
  a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0)

test('a question is nearest to the text that answers it', async () => {
  const texts = [
    'The refund is paid within fourteen days of the return.',
    'Our office is closed on public holidays.',
    'Batteries last for about ten hours.',
  ]
  const embeddings = hashingEmbeddings()
  const vectors = await embeddings.embed(texts, signal)
  const [refund, holiday] = await embeddings.embed(
    ['When are refunds paid?', 'Is the office open on a holiday?'],
    signal,
  )
  const best = (query: readonly number[] | undefined) =>
    texts[
      vectors
        .map((vector) => near(vector, query))
        .reduce((top, value, at, all) => (value > (all[top] ?? 0) ? at : top), 0)
    ]
  expect([best(refund), best(holiday)]).toEqual([texts[0], texts[1]])
})

test('gives the same vector for the same text, of length 1, also without a word in it', async () => {
  const embeddings = hashingEmbeddings({ dimensions: 64 })
  const [first, again, blank] = await embeddings.embed(['Zoë', 'zoe', ' …'], signal)
  expect(first).toEqual(again)
  expect(first).toHaveLength(64)
  expect(Math.hypot(...(first ?? []))).toBeCloseTo(1)
  expect(Math.hypot(...(blank ?? []))).toBe(1)
})
