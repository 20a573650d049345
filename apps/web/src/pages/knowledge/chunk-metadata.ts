import type { Pair } from '../../ui/pair-list.tsx'

type Metadata = Readonly<Record<string, unknown>>

/** What is kept with a chunk, as people write it. */
export const pairsOf = (metadata: Metadata): readonly Pair[] =>
  Object.entries(metadata).map(([name, value]) => [name, textOf(value)])

/** The pairs as they are kept: who has not been changed keeps its type. */
export const metadataOf = (pairs: readonly Pair[], before: Metadata): Metadata =>
  Object.fromEntries(
    pairs
      .filter(([name]) => name.trim() !== '')
      .map(([name, text]) => [name.trim(), name in before && textOf(before[name]) === text ? before[name] : text]),
  )

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))
