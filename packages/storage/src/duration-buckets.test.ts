import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bucketOf, NO_BUCKET, percentile } from './duration-buckets.ts'

const countsOf = (durations: readonly number[]) => {
  const counts = new Map<number, number>()
  for (const duration of durations) counts.set(bucketOf(duration), (counts.get(bucketOf(duration)) ?? 0) + 1)
  return counts
}

test('a percentile is at most five in a hundred off what the calls took', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 3_600_000, noNaN: true }), { minLength: 1, maxLength: 200 }),
      fc.constantFrom(0.5, 0.95),
      (durations, share) => {
        const sorted = durations.toSorted((a, b) => a - b)
        const exact = sorted[Math.ceil(sorted.length * share) - 1] ?? 0
        const told = percentile(countsOf(durations), share) ?? Number.NaN
        expect(Math.abs(told - exact)).toBeLessThanOrEqual((exact + 1) * 0.05 + 0.01)
      },
    ),
  )
})

test('calls that never ran have no part in it', () => {
  expect(percentile(new Map([[NO_BUCKET, 9]]), 0.5)).toBeNull()
  expect(percentile(new Map(), 0.95)).toBeNull()
  expect(percentile(new Map([[NO_BUCKET, 99], ...countsOf([100])]), 0.5)).toBeCloseTo(100, -1)
})
