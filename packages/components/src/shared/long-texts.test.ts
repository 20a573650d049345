import type { Embeddings } from '@runnel/sdk'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { piecesOf, withLongTexts } from './long-texts.ts'

const { signal } = new AbortController()

test('pieces are within the bound and make the text together', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.integer({ min: 4, max: 20 }), (text, bytes) => {
      const pieces = piecesOf(text, bytes)
      expect(pieces.join('')).toBe(text)
      for (const piece of pieces) expect(Buffer.byteLength(piece)).toBeLessThanOrEqual(bytes)
    }),
  )
})

test('a long text is the mean of its pieces, a short one is embedded as it is', async () => {
  const asked: string[][] = []
  const embeddings: Embeddings = {
    kind: 'embeddings',
    provider: 'Test',
    model: 'test',
    async embed(texts) {
      asked.push([...texts])
      return texts.map((text) => (text.includes('a') ? [3, 0] : [0, 3]))
    },
  }
  const vectors = await withLongTexts(embeddings, 2).embed(['aaaa bbbb', 'cc'], signal)
  expect(asked).toEqual([['aaaa', ' bbbb', 'cc']])
  const [long, short] = vectors
  expect(short).toEqual([0, 3])
  expect(Math.hypot(...(long ?? []))).toBeCloseTo(1)
  expect((long?.[1] ?? 0) / (long?.[0] ?? 1)).toBeCloseTo(5 / 4)
})
