import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Problem } from '../../editor/model/problems.ts'
import type { BuildEvent, WireMessage } from '../../editor/run/build-events.ts'
import type { ChatBackend, SessionRow } from './chat-backend.ts'
import { type ChatMessage, readMessage } from './chat-message.ts'
import { appendToken, type Conversation, changeMessage, removeMessages, settle, upsert } from './conversation.ts'
import { type NextFrame, nextFrame } from './frames.ts'

/** What is known of the messages of one session. */
export interface Thread {
  readonly messages: Conversation
  readonly load: 'no' | 'loading' | 'loaded' | 'failed'
  readonly hasOlder: boolean
}

/** What was sent and is not yet among the messages. */
export interface Pending {
  readonly sessionId: string
  readonly text: string
  readonly files: readonly string[]
  /** The server has stored what was said; the answer is still to come. */
  readonly isHeard: boolean
}

/** Why what was sent did not run, or broke without a message of the flow. */
export type Trouble =
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] }
  | { readonly kind: 'failed'; readonly message: string }

export interface PlaygroundState {
  readonly sessions: readonly SessionRow[]
  readonly sessionsLoad: 'loading' | 'loaded' | 'failed'
  /** The open session. */
  readonly current: string
  readonly threads: ReadonlyMap<string, Thread>
  readonly unread: ReadonlySet<string>
  readonly pending: Pending | undefined
  readonly isBusy: boolean
  readonly trouble: (Trouble & { readonly sessionId: string }) | undefined
}

export interface Playground {
  readonly backend: ChatBackend
  readonly store: StoreApi<PlaygroundState>
  loadSessions(): Promise<void>
  /** Opens a session and reads its messages. */
  open(sessionId: string): void
  /** Reads messages from before the first one shown. */
  loadOlder(): Promise<void>
  /** Sends to the open session. Resolves when the run has ended. @returns false when it did not even begin */
  send(text: string, files: readonly string[]): Promise<boolean>
  /** Takes the last exchange back and asks the same once more. */
  regenerate(): Promise<void>
  edit(id: string, text: string): Promise<void>
  rate(id: string, feedback: boolean | null): Promise<void>
  remove(ids: readonly string[]): Promise<void>
  rename(from: string, to: string): Promise<void>
  /** Takes a session out of sight. @returns puts it back */
  hideSession(sessionId: string): () => void
  dismissTrouble(): void
  /** Ends listening to runs. */
  close(): void
}

const noThread: Thread = { messages: [], load: 'no', hasOlder: false }
export const threadOf = ({ threads }: Pick<PlaygroundState, 'threads'>, sessionId: string): Thread =>
  threads.get(sessionId) ?? noThread

export interface PlaygroundOptions {
  readonly backend: ChatBackend
  readonly onFrame?: NextFrame
}

/** The conversations of one flow: what was said, what is being said, and who is to be asked. */
export function createPlayground({ backend, onFrame = nextFrame }: PlaygroundOptions): Playground {
  const { flowId } = backend
  const store = createStore<PlaygroundState>(() => ({
    sessions: [],
    sessionsLoad: 'loading',
    current: flowId,
    threads: new Map(),
    unread: new Set(),
    pending: undefined,
    isBusy: backend.isBusy(),
    trouble: undefined,
  }))
  const { getState, setState } = store
  let arrived = 0
  let queue: BuildEvent[] = []
  let isWaiting = false

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

  function apply(event: BuildEvent): void {
    switch (event.event) {
      case 'add_message':
      case 'error': {
        const message = readMessage(event.data, ++arrived)
        if (!message) break
        const sessionId = message.sessionId || flowId
        changeMessages(sessionId, (messages) => upsert(messages, message))
        noteSession(sessionId, message.at)
        const { pending } = getState()
        if (pending && !pending.isHeard && message.sender === 'user') {
          setState({ pending: { ...pending, isHeard: true } })
        }
        break
      }
      case 'token': {
        const { id, chunk } = event.data
        const sessionId = sessionOf(id)
        if (sessionId !== undefined) changeMessages(sessionId, (messages) => appendToken(messages, id, chunk))
        break
      }
      case 'remove_message': {
        const sessionId = sessionOf(event.data.id)
        if (sessionId === undefined) break
        changeMessages(sessionId, (messages) => removeMessages(messages, new Set([event.data.id])))
        break
      }
      default:
    }
  }

  /** However fast tokens come, the page is drawn once a frame. */
  function flush(): void {
    isWaiting = false
    const events = queue
    queue = []
    for (const event of joinTokens(events)) apply(event)
  }
  function hear(event: BuildEvent): void {
    queue.push(event)
    if (isWaiting) return
    isWaiting = true
    onFrame(flush)
  }

  function noteSession(id: string, lastAt: number): void {
    setState(({ sessions, unread, current }) => ({
      sessions: [{ id, lastAt }, ...sessions.filter((row) => row.id !== id)],
      unread: id === current ? unread : new Set([...unread, id]),
    }))
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
        messages: thread.messages.reduce(upsert, readPage(messages, -messages.length)),
      }))
    } catch {
      changeThread(sessionId, () => ({ load: 'failed', messages: shown }))
    }
  }

  const stopListening = [
    backend.listen(hear),
    backend.onBusy((isBusy, isStopped) => {
      if (!isBusy) {
        flush()
        for (const [id] of getState().threads) changeMessages(id, (messages) => settle(messages, isStopped))
      }
      setState({ isBusy })
    }),
  ]

  async function send(text: string, files: readonly string[]): Promise<boolean> {
    const sessionId = getState().current
    setState({ pending: { sessionId, text, files, isHeard: false }, trouble: undefined })
    let hasFailed = false
    const stop = backend.listen(({ event }) => {
      if (event === 'error') hasFailed = true
    })
    const outcome = await backend.run({ text, sessionId, files }).finally(stop)
    flush()
    setState({ pending: undefined })
    if (outcome.kind === 'refused') setState({ trouble: { ...outcome, sessionId } })
    if (outcome.kind === 'failed' && !hasFailed) {
      setState({ trouble: { kind: 'failed', message: outcome.message, sessionId } })
    }
    return outcome.kind !== 'refused'
  }

  async function remove(ids: readonly string[]): Promise<void> {
    const sessionId = ids.map(sessionOf).find((found) => found !== undefined) ?? getState().current
    const before = threadOf(getState(), sessionId).messages
    changeMessages(sessionId, (messages) => removeMessages(messages, new Set(ids)))
    try {
      await backend.removeMessages(ids)
    } catch (error) {
      changeMessages(sessionId, (messages) => before.reduce(upsert, messages))
      throw error
    }
  }

  return {
    backend,
    store,
    send,
    remove,
    async loadSessions() {
      setState({ sessionsLoad: 'loading' })
      try {
        const sessions = await backend.sessions()
        setState({ sessions, sessionsLoad: 'loaded' })
      } catch {
        setState({ sessionsLoad: 'failed' })
      }
    },
    open(sessionId) {
      setState(({ unread }) => ({
        current: sessionId,
        unread: new Set([...unread].filter((id) => id !== sessionId)),
        trouble: undefined,
      }))
      const { load: state } = threadOf(getState(), sessionId)
      if (state === 'no' || state === 'failed') void load(sessionId)
    },
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
          messages: thread.messages.reduce(upsert, readPage(messages, first)),
        }))
      } catch {
        changeThread(current, () => ({ load: 'loaded' }))
      }
    },
    async regenerate() {
      const { messages } = threadOf(getState(), getState().current)
      const from = messages.findLastIndex(({ sender }) => sender === 'user')
      const asked = messages[from]
      if (!asked) return
      await remove(messages.slice(from).map(({ id }) => id))
      await send(asked.text, asked.files)
    },
    async edit(id, text) {
      await backend.updateMessage(id, { text })
      changeOne(id, { text, isEdited: true })
    },
    async rate(id, feedback) {
      await backend.updateMessage(id, { feedback })
      changeOne(id, { feedback })
    },
    async rename(from, to) {
      if (getState().sessions.some(({ id }) => id === from)) await backend.renameSession(from, to)
      setState(({ sessions, threads, current }) => {
        const { [from]: thread, ...others } = Object.fromEntries(threads)
        return {
          sessions: sessions.map((row) => (row.id === from ? { ...row, id: to } : row)),
          threads: new Map([...Object.entries(others), ...(thread ? [[to, thread] as const] : [])]),
          current: current === from ? to : current,
        }
      })
    },
    hideSession(sessionId) {
      const { sessions, threads } = getState()
      const row = sessions.find(({ id }) => id === sessionId)
      const thread = threads.get(sessionId)
      const left = new Map(threads)
      left.delete(sessionId)
      setState({ sessions: sessions.filter(({ id }) => id !== sessionId), threads: left })
      return () =>
        setState((state) => ({
          sessions: row ? [...state.sessions, row].sort((a, b) => (b.lastAt ?? 0) - (a.lastAt ?? 0)) : state.sessions,
          threads: thread ? new Map(state.threads).set(sessionId, thread) : state.threads,
        }))
    },
    dismissTrouble: () => setState({ trouble: undefined }),
    close: () => {
      for (const stop of stopListening) stop()
    },
  }
}

/** Pieces of one message that came one after another are one piece. */
function joinTokens(events: readonly BuildEvent[]): readonly BuildEvent[] {
  const joined: BuildEvent[] = []
  for (const event of events) {
    const last = joined.at(-1)
    if (event.event === 'token' && last?.event === 'token' && last.data.id === event.data.id) {
      joined[joined.length - 1] = { ...last, data: { ...last.data, chunk: last.data.chunk + event.data.chunk } }
    } else joined.push(event)
  }
  return joined
}

/** @param first the place of the first one among all that came */
const readPage = (messages: readonly WireMessage[], first: number): Conversation =>
  messages.flatMap((wire, index) => readMessage(wire, first + index) ?? []).reduce<Conversation>(upsert, [])
