import fc from 'fast-check'
import { expect, test } from 'vitest'
import { batchesOf } from './batches.ts'

test('keeps every text in its order, and no batch is over a bound', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 8 })), fc.integer({ min: 1, max: 5 }), (texts, most) => {
      const batches = batchesOf(texts, { texts: most, characters: 10 })
      expect(batches.flat()).toEqual(texts)
      for (const batch of batches) {
        expect(batch.length).toBeGreaterThan(0)
        expect(batch.length).toBeLessThanOrEqual(most)
        if (batch.length > 1) expect(batch.join('').length).toBeLessThanOrEqual(10)
      }
    }),
  )
})
