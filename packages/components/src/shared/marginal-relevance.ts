/** Something with a vector. */
interface HasVector {
  readonly vector?: readonly number[]
}

/** How much nearness to the query counts over being unlike what was taken before. */
const BALANCE = 0.5

/** So many of the candidates that are near the query and unlike one another, in the order they are taken. */
export function marginallyRelevant<Candidate extends HasVector>(
  query: readonly number[],
  candidates: readonly Candidate[],
  limit: number,
): readonly Candidate[] {
  const left = [...candidates]
  const taken: Candidate[] = []
  while (left.length > 0 && taken.length < limit) {
    let best = 0
    let bestScore = Number.NEGATIVE_INFINITY
    for (const [at, { vector = [] }] of left.entries()) {
      const likeness = Math.max(0, ...taken.map((other) => cosine(vector, other.vector ?? [])))
      const score = BALANCE * cosine(query, vector) - (1 - BALANCE) * likeness
      if (score > bestScore) {
        best = at
        bestScore = score
      }
    }
    taken.push(...left.splice(best, 1))
  }
  return taken
}

/** From -1 to 1; 0 with a vector of length 0. */
export function cosine(a: readonly number[], b: readonly number[]): number {
  const product = a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0)
  const lengths = Math.hypot(...a) * Math.hypot(...b)
  return lengths === 0 ? 0 : product / lengths
}
