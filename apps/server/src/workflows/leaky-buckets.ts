/** A bucket for each name: calls fill it, time empties it, and what would make it run over is refused. */
export interface LeakyBuckets {
  /** Takes one call in, at most so many a second. Answers the seconds to wait when it is refused. */
  take(name: string, perSecond: number): number | undefined
}

/** How many buckets are remembered; the ones that were used least lately are forgotten first. */
const MOST = 100_000

interface Bucket {
  level: number
  at: number
}

/** A bucket holds the calls of one second. `now` is in milliseconds, of a clock that never goes back. */
export function createLeakyBuckets(now: () => number): LeakyBuckets {
  const buckets = new Map<string, Bucket>()
  return {
    take(name, perSecond) {
      const at = now()
      const size = Math.max(1, perSecond)
      let bucket = buckets.get(name)
      if (bucket) {
        buckets.delete(name)
        bucket.level = Math.max(0, bucket.level - ((at - bucket.at) / 1000) * perSecond)
        bucket.at = at
      } else {
        bucket = { level: 0, at }
        const oldest = buckets.size >= MOST ? buckets.keys().next().value : undefined
        if (oldest !== undefined) buckets.delete(oldest)
      }
      buckets.set(name, bucket)
      const over = bucket.level + 1 - size
      // What time has emptied is a sum of fractions.
      if (over > 1e-9) return over / perSecond
      bucket.level += 1
      return undefined
    },
  }
}
