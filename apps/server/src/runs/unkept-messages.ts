import type { MessageRecord } from '@runnel/protocol/message'
import type { MessageQuery } from '@runnel/sdk'

/** Messages of a run that are never stored: its own nodes find them while it lasts, and nobody afterwards. */
export function createUnkeptMessages() {
  const messages = new Map<string, MessageRecord>()
  return {
    save: (message: MessageRecord): void => void messages.set(message.id, message),
    remove: (id: string): void => void messages.delete(id),
    /** As the store answers. */
    find({ order = 'asc', limit, ...wanted }: MessageQuery): readonly MessageRecord[] {
      const found = [...messages.values()].filter((message) =>
        FILTERS.every((key) => wanted[key] === undefined || message[key] === wanted[key]),
      )
      const newest = limit === undefined ? found : found.slice(Math.max(0, found.length - limit))
      return order === 'asc' ? newest : newest.toReversed()
    },
  }
}

const FILTERS = ['session_id', 'context_id', 'sender', 'sender_name'] as const
