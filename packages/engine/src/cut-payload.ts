/** Characters kept of one text, and entries of one list. */
const LONGEST_TEXT = 8000
const MOST_ENTRIES = 200
const DEEPEST = 12
/** A longer list of numbers is the vector of a text, which nobody reads. */
const LONGEST_VECTOR = 32

/** A value as JSON can hold it, long texts cut, and about how many characters it takes. */
export interface CutPayload {
  readonly value: unknown
  readonly characters: number
}

/** Values that were cut before and what became of them, so that each turn of a conversation is cut once. */
export type KnownCuts = WeakMap<object, CutPayload>

/**
 * Cuts a value down to `most` characters or about that: what comes first is kept, what is left out is counted where it
 * was. Values JSON does not know become a word for their kind.
 */
export function cutPayload(value: unknown, most: number, known?: KnownCuts): CutPayload {
  let left = most
  const text = (given: string): string => {
    const room = Math.max(0, Math.min(LONGEST_TEXT, left))
    const kept = given.length > room ? `${given.slice(0, room)}… [${given.length - room} more characters]` : given
    left -= kept.length
    return kept
  }
  /** An entry of a list, which may come again in a longer one. */
  const cutEntry = (entry: unknown, depth: number): unknown => {
    if (!known || typeof entry !== 'object' || entry === null) return cut(entry, depth)
    const before = known.get(entry)
    if (before && before.characters <= left) {
      left -= before.characters
      return before.value
    }
    const room = left
    const value = cut(entry, depth)
    if (left > 0) known.set(entry, { value, characters: room - left })
    return value
  }
  const cut = (given: unknown, depth: number): unknown => {
    left -= 2
    if (typeof given === 'string') return text(given)
    if (given === null || typeof given === 'boolean') return given
    if (typeof given === 'number') return Number.isFinite(given) ? given : String(given)
    if (typeof given !== 'object') return given === undefined ? null : `[${typeof given}]`
    if (given instanceof Uint8Array) return `[${given.byteLength} bytes]`
    if (depth >= DEEPEST) return '[…]'
    if (Array.isArray(given)) {
      if (given.length > LONGEST_VECTOR && given.every((entry) => typeof entry === 'number')) {
        return `[${given.length} numbers]`
      }
      const entries: unknown[] = []
      for (const entry of given) {
        if (entries.length >= MOST_ENTRIES || left <= 0) {
          entries.push(`… [${given.length - entries.length} more]`)
          break
        }
        entries.push(cutEntry(entry, depth + 1))
      }
      return entries
    }
    const entries: [string, unknown][] = []
    for (const [key, entry] of Object.entries(given)) {
      if (entry === undefined || typeof entry === 'function') continue
      if (entries.length >= MOST_ENTRIES || left <= 0) {
        entries.push(['…', '[more]'])
        break
      }
      left -= key.length
      entries.push([key, cut(entry, depth + 1)])
    }
    return Object.fromEntries(entries)
  }
  const kept = cut(value, 0)
  return { value: kept, characters: most - left }
}
