import type { BuildEvent, WireMessage } from '../../editor/run/build-events.ts'
import { readMessage } from './chat-message.ts'
import { type Conversation, upsert } from './conversation.ts'

/** Pieces of one message that came one after another are one piece. */
export function joinTokens(events: readonly BuildEvent[]): readonly BuildEvent[] {
  const joined: BuildEvent[] = []
  for (const event of events) {
    const last = joined.at(-1)
    if (event.event === 'token' && last?.event === 'token' && last.data.id === event.data.id) {
      joined[joined.length - 1] = { ...last, data: { ...last.data, chunk: last.data.chunk + event.data.chunk } }
    } else joined.push(event)
  }
  return joined
}

/**
 * The messages of a page in their order.
 * @param first the place of the first one among all that came
 */
export const readPage = (messages: readonly WireMessage[], first: number): Conversation =>
  messages.flatMap((wire, index) => readMessage(wire, first + index) ?? []).reduce<Conversation>(upsert, [])
