import type { StoreApi } from 'zustand/vanilla'
import type { WireMessage } from '../../editor/run/build-events.ts'
import type { ChatBackend } from './chat-backend.ts'
import type { ChatMessage } from './chat-message.ts'
import { type Conversation, changeMessage, settle, upsert } from './conversation.ts'
import { readPage } from './events.ts'
import { noThread, type PlaygroundState, type Thread, threadOf } from './playground-state.ts'

/** The messages of the sessions: read page by page, and changed where they are. */
export interface Threads {
  changeMessages(sessionId: string, change: (messages: Conversation) => Conversation): void
  changeOne(id: string, change: Partial<ChatMessage>): void
  /** The session a message is of. */
  sessionOf(id: string): string | undefined
  /** Reads the newest page of a session. */
  load(sessionId: string): Promise<void>
  /** Reads the page before the first message of the open session. */
  loadOlder(): Promise<void>
}

export function createThreads(
  { getState, setState }: StoreApi<PlaygroundState>,
  backend: Pick<ChatBackend, 'messages' | 'isBusy'>,
): Threads {
  const changeThread = (sessionId: string, change: (thread: Thread) => Partial<Thread>): void =>
    setState(({ threads }) => {
      const before = threads.get(sessionId) ?? noThread
      return { threads: new Map(threads).set(sessionId, { ...before, ...change(before) }) }
    })
  const changeMessages = (sessionId: string, change: (messages: Conversation) => Conversation): void =>
    changeThread(sessionId, ({ messages }) => ({ messages: change(messages) }))
  /** Messages are few who know only their id; the session they are of is looked for. */
  const sessionOf = (id: string): string | undefined =>
    [...getState().threads].find(([, { messages }]) => messages.some((message) => message.id === id))?.[0]

  function changeOne(id: string, change: Partial<ChatMessage>): void {
    const sessionId = sessionOf(id)
    if (sessionId !== undefined) changeMessages(sessionId, (messages) => changeMessage(messages, id, change))
  }

  /** What is stored unfinished is as far as it got, unless it is being said. */
  function pageOf(messages: readonly WireMessage[], first: number): Conversation {
    const page = readPage(messages, first)
    return backend.isBusy() ? page : settle(page, true)
  }

  async function load(sessionId: string): Promise<void> {
    const { load: before, messages: shown } = threadOf(getState(), sessionId)
    if (before === 'loading') return
    changeThread(sessionId, () => ({ load: 'loading' }))
    try {
      const { messages, hasOlder } = await backend.messages(sessionId, 0)
      changeThread(sessionId, (thread) => ({
        load: 'loaded',
        hasOlder,
        // What came in the meantime is newer than what was read.
        messages: thread.messages.reduce(upsert, pageOf(messages, -messages.length)),
      }))
    } catch {
      changeThread(sessionId, () => ({ load: 'failed', messages: shown }))
    }
  }

  return {
    changeMessages,
    changeOne,
    sessionOf,
    load,
    async loadOlder() {
      const { current } = getState()
      const { hasOlder, load: state, messages: shown } = threadOf(getState(), current)
      if (!hasOlder || state !== 'loaded') return
      changeThread(current, () => ({ load: 'loading' }))
      try {
        const { messages, hasOlder: more } = await backend.messages(current, shown.length)
        const first = Math.min(0, ...shown.map(({ sequence }) => sequence)) - messages.length
        changeThread(current, (thread) => ({
          load: 'loaded',
          hasOlder: more,
          messages: thread.messages.reduce(upsert, pageOf(messages, first)),
        }))
      } catch {
        changeThread(current, () => ({ load: 'loaded' }))
      }
    },
  }
}
