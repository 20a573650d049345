import type { MessageRecord } from '@runnel/protocol/message'
import type { MessageQuery } from '@runnel/sdk'

/** Messages of a run that the store does not have: not yet, or never. Answers as the store does. */
export interface RunMessages {
  save(message: MessageRecord): void
  remove(id: string): void
  /** Those the query asks for. */
  find(query: MessageQuery): readonly MessageRecord[]
  /** Those the query asks for, of these and of stored ones. */
  findWith(
    findStored: (query: MessageQuery) => Promise<readonly MessageRecord[]>,
    query: MessageQuery,
  ): Promise<readonly MessageRecord[]>
  /** Gives those saved since the last time away, to be stored, and tells all that are to go from there. */
  take(): { readonly saved: readonly MessageRecord[]; readonly removed: readonly string[] }
}

/** The messages of one run until they are stored. */
export function createRunMessages(): RunMessages {
  const messages = new Map<string, MessageRecord>()
  /** Taken away from the store too, whenever that happens. */
  const removed = new Set<string>()
  return {
    save(message) {
      messages.set(message.id, message)
      removed.delete(message.id)
    },
    remove(id) {
      messages.delete(id)
      removed.add(id)
    },
    find: (query) => inOrder([...messages.values()].filter(fits(query)), query),
    async findWith(findStored, query) {
      const { limit } = query
      const own = [...messages.values()]
      const gone = new Set(removed)
      // As many more as may not count any longer.
      const enough = limit === undefined ? query : { ...query, limit: limit + own.length + gone.size }
      const stored = await findStored(enough)
      for (const { id } of own) gone.add(id)
      return inOrder([...stored.filter(({ id }) => !gone.has(id)), ...own.filter(fits(query))], query)
    },
    take() {
      const saved = [...messages.values()]
      messages.clear()
      return { saved, removed: [...removed] }
    },
  }
}

const FILTERS = ['session_id', 'context_id', 'sender', 'sender_name'] as const

/** A report of a failure is no part of a conversation. */
const fits = (query: MessageQuery) => (message: MessageRecord) =>
  !message.error && FILTERS.every((key) => query[key] === undefined || message[key] === query[key])

/** The newest so many, the oldest first unless asked otherwise. */
function inOrder(found: readonly MessageRecord[], { order = 'asc', limit }: MessageQuery): readonly MessageRecord[] {
  const sorted = found.toSorted((a, b) => a.timestamp - b.timestamp || (a.id < b.id ? -1 : 1))
  const newest = limit === undefined ? sorted : sorted.slice(Math.max(0, sorted.length - limit))
  return order === 'asc' ? newest : newest.toReversed()
}
