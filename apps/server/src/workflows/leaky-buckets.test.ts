import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createLeakyBuckets } from './leaky-buckets.ts'

test('a bucket holds the calls of a second and empties with time', () => {
  let now = 0
  const buckets = createLeakyBuckets(() => now)
  const take = () => buckets.take('key', 4)
  expect([take(), take(), take(), take()]).toEqual([undefined, undefined, undefined, undefined])
  expect(take()).toBeCloseTo(0.25)
  expect(buckets.take('other', 4)).toBeUndefined()
  now = 250
  expect([take(), take()]).toEqual([undefined, expect.closeTo(0.25)])
})

test('less than one call a second is one call, and then a longer wait', () => {
  let now = 0
  const buckets = createLeakyBuckets(() => now)
  expect(buckets.take('key', 0.5)).toBeUndefined()
  expect(buckets.take('key', 0.5)).toBeCloseTo(2)
  now = 2000
  expect(buckets.take('key', 0.5)).toBeUndefined()
})

test('never lets more through than the rate, and always after the wait it told', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 50 }),
      fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 200 }),
      (rate, gaps) => {
        let now = 0
        let taken = 0
        const buckets = createLeakyBuckets(() => now)
        for (const gap of gaps) {
          now += gap
          const wait = buckets.take('key', rate)
          if (wait === undefined) taken++
          else {
            now += wait * 1000
            expect(buckets.take('key', rate)).toBeUndefined()
            taken++
          }
        }
        expect(taken).toBeLessThanOrEqual(rate + Math.ceil((now / 1000) * rate))
      },
    ),
  )
})
