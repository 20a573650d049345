/** Each bucket of durations is this much longer than the one before. */
const GROWTH = 1.1
/** Logarithm of how much longer each bucket is than the one before. */
export const BUCKET_LOG = Math.log(GROWTH)
/** Of calls that never ran. */
export const NO_BUCKET = -1

/** The bucket of a duration in milliseconds. */
export const bucketOf = (durationMs: number): number =>
  Math.max(0, Math.floor(Math.log(Math.max(0, durationMs) + 1) / BUCKET_LOG))

/** A duration in the middle of a bucket, in milliseconds. */
const middleOf = (bucket: number): number => GROWTH ** (bucket + 0.5) - 1

/**
 * The duration that so many of the calls (0.95: 95 in a hundred) do not exceed, in milliseconds; at most five in a
 * hundred off. Null without calls.
 */
export function percentile(counts: ReadonlyMap<number, number>, share: number): number | null {
  const ran = [...counts].filter(([bucket, count]) => bucket !== NO_BUCKET && count > 0).toSorted(([a], [b]) => a - b)
  const total = ran.reduce((sum, [, count]) => sum + count, 0)
  let seen = 0
  for (const [bucket, count] of ran) {
    seen += count
    if (seen >= total * share) return Math.round(middleOf(bucket) * 100) / 100
  }
  return null
}
