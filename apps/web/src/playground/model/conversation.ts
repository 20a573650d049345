import type { ChatMessage } from './chat-message.ts'

/** The messages of a session in the order they are shown; no two have the same id. */
export type Conversation = readonly ChatMessage[]

const comesBefore = (a: ChatMessage, b: ChatMessage): boolean => (a.at !== b.at ? a.at < b.at : a.sequence < b.sequence)

/** Puts a message where its time says; one of the same id is replaced, and keeps its place among those of its second. */
export function upsert(conversation: Conversation, message: ChatMessage): Conversation {
  const at = conversation.findIndex(({ id }) => id === message.id)
  const before = conversation[at]
  const placed = before ? { ...message, sequence: before.sequence } : message
  if (before && before.at === placed.at) return conversation.with(at, placed)
  const others = before ? conversation.toSpliced(at, 1) : conversation
  const next = others.findLastIndex((one) => comesBefore(one, placed)) + 1
  return others.toSpliced(next, 0, placed)
}

/** A piece of a text that is being said. Pieces of a message nobody has seen are dropped: it comes whole in the end. */
export function appendToken(conversation: Conversation, id: string, chunk: string): Conversation {
  const at = conversation.findIndex((message) => message.id === id)
  const message = conversation[at]
  if (!message) return conversation
  return conversation.with(at, { ...message, text: message.text + chunk, state: 'partial' })
}

export const removeMessages = (conversation: Conversation, ids: ReadonlySet<string>): Conversation =>
  conversation.filter(({ id }) => !ids.has(id))

export const changeMessage = (conversation: Conversation, id: string, change: Partial<ChatMessage>): Conversation =>
  conversation.map((message) => (message.id === id ? { ...message, ...change } : message))

/** Says of the answers since the user last spoke how many seconds they took together. */
export function withDuration(conversation: Conversation, duration: number): Conversation {
  const asked = conversation.findLastIndex(({ sender }) => sender === 'user')
  return conversation.map((message, index) =>
    index > asked && !message.isError && message.duration === undefined ? { ...message, duration } : message,
  )
}

/** What was being said when the run ended is as far as it got. */
export function settle(conversation: Conversation, isStopped: boolean): Conversation {
  if (!conversation.some(({ state }) => state === 'partial')) return conversation
  return conversation.map((message) =>
    message.state === 'partial' ? { ...message, state: isStopped ? 'stopped' : 'complete' } : message,
  )
}
