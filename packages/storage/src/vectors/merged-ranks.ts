/** A chunk by its number, as near as it was found to be. */
export interface Ranked {
  readonly chunk: bigint
  /** null for one that only its words have found. */
  readonly distance: number | null
}

/** How much the first places count over the next ones; the usual constant of reciprocal rank fusion. */
const FLATNESS = 60

/** What two searches found, best first: a chunk's places in both add up. One list alone keeps its order. */
export function merged(near: readonly Ranked[], worded: readonly bigint[]): readonly Ranked[] {
  if (worded.length === 0) return near
  if (near.length === 0) return worded.map((chunk) => ({ chunk, distance: null }))
  const found = new Map<bigint, { score: number; readonly ranked: Ranked }>()
  const add = (ranked: Ranked, place: number) => {
    const known = found.get(ranked.chunk) ?? { score: 0, ranked }
    known.score += 1 / (FLATNESS + place)
    found.set(ranked.chunk, known)
  }
  near.forEach(add)
  worded.forEach((chunk, place) => {
    add({ chunk, distance: null }, place)
  })
  return [...found.values()].sort((a, b) => b.score - a.score).map(({ ranked }) => ranked)
}
