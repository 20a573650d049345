/**
 * How long a read is taken for granted, in milliseconds. A process knows of its own writes at once; of those of a
 * command beside it, it learns after this time, which the command waits for before it ends.
 */
export const REMEMBERED_MS = 100

/** Many requests in a row ask for few different rows. */
const LARGEST = 1000

/** What was read lately, by question, until something is written. */
export interface ReadMemory {
  /** Undefined: not remembered. */
  recall<Value>(question: string): { readonly value: Value } | undefined
  remember(question: string, value: unknown): void
  /** To be called after every write. */
  forget(): void
}

export function createReadMemory(now: () => number = () => performance.now()): ReadMemory {
  const known = new Map<string, { readonly value: unknown }>()
  let until = 0
  return {
    recall<Value>(question: string) {
      if (now() >= until) known.clear()
      // A question is asked by one reader only, whose values are all of one type.
      return known.get(question) as { readonly value: Value } | undefined
    },
    remember(question, value) {
      if (known.size === LARGEST) known.clear()
      if (known.size === 0) until = now() + REMEMBERED_MS
      known.set(question, { value })
    },
    forget: () => known.clear(),
  }
}
