import { hash } from 'node:crypto'
import type { JsonObject } from '@runnel/protocol/json'

/** What an answer belongs to: the same question of the same caller to the same version. */
export interface AskedAnswer {
  readonly callerId: string
  readonly flowId: string
  readonly version: number
  readonly stream: boolean
  readonly input: JsonObject
}

export interface AnswerCache {
  get(key: string): string | undefined
  set(key: string, body: string, seconds: number): void
  /** How many answers it holds. */
  size(): number
}

/** Answers kept, and characters of all of them together; the oldest go first. */
const MOST = 10_000
const MOST_CHARACTERS = 32 * 1024 * 1024
/** A longer answer is not kept. */
const LONGEST = 1024 * 1024

/** Answers of published flows, for as long as each flow says. `now` gives epoch milliseconds. */
export function createAnswerCache(now: () => number): AnswerCache {
  const kept = new Map<string, { readonly body: string; readonly until: number }>()
  let characters = 0
  const remove = (key: string) => {
    characters -= kept.get(key)?.body.length ?? 0
    kept.delete(key)
  }
  return {
    size: () => kept.size,
    get(key) {
      const found = kept.get(key)
      if (found && found.until > now()) return found.body
      if (found) remove(key)
      return undefined
    },
    set(key, body, seconds) {
      if (body.length > LONGEST) return
      remove(key)
      kept.set(key, { body, until: now() + seconds * 1000 })
      characters += body.length
      while (kept.size > MOST || characters > MOST_CHARACTERS) {
        const oldest = kept.keys().next().value
        if (oldest === undefined) return
        remove(oldest)
      }
    },
  }
}

/** The key of an answer. The order of keys in the input does not count. */
export const answerKey = ({ callerId, flowId, version, stream, input }: AskedAnswer): string =>
  hash('sha256', JSON.stringify([callerId, flowId, version, stream, sorted(input)]), 'base64url')

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return { entries: entries.map(([key, entry]) => [key, sorted(entry)]) }
}
