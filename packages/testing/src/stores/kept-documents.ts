/** The documents nearest to a vector by cosine, best first, with that as their score. */
export function nearestOf<Document extends { readonly vector: readonly number[] }>(
  documents: Iterable<Document>,
  query: readonly number[],
  limit: number,
  fits: (document: Document) => boolean = () => true,
): readonly (Document & { readonly score: number })[] {
  return [...documents]
    .filter(fits)
    .map((document) => ({ ...document, score: cosine(query, document.vector) }))
    .sort((a, b) => b.score - a.score)
    .slice(0, limit)
}

function cosine(a: readonly number[], b: readonly number[]): number {
  if (a.length !== b.length) throw new Error(`vectors of length ${a.length} and ${b.length}`)
  const product = a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0)
  return product / (Math.hypot(...a) * Math.hypot(...b) || 1)
}

/** How many words of a text occur in another. */
export function sharedWords(text: string, other: string): number {
  const words = new Set(other.toLowerCase().match(/\w+/g))
  return (text.toLowerCase().match(/\w+/g) ?? []).filter((word) => words.has(word)).length
}
