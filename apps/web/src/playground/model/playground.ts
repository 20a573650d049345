import { createStore } from 'zustand/vanilla'
import type { BuildEvent } from '../../editor/run/build-events.ts'
import type { ChatBackend } from './chat-backend.ts'
import { readMessage } from './chat-message.ts'
import { appendToken, removeMessages, settle, upsert, withDuration } from './conversation.ts'
import { createDrafts } from './drafts.ts'
import { joinTokens } from './events.ts'
import { type NextFrame, nextFrame } from './frames.ts'
import { type Playground, type PlaygroundState, threadOf, valuesOf, variablesOf } from './playground-state.ts'
import { createThreads } from './threads.ts'

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
    version: undefined,
    values: new Map(),
    variables: new Map(),
    drafts: new Map(),
    trouble: undefined,
    unanswered: undefined,
  }))
  const { getState, setState } = store
  const threads = createThreads(store, backend)
  const { changeMessages, changeOne, sessionOf } = threads
  const drafts = createDrafts(store, backend)
  let arrived = 0
  let queue: BuildEvent[] = []
  let isWaiting = false

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
      case 'end': {
        const { build_duration } = event.data
        const { pending } = getState()
        if (pending && build_duration !== undefined) {
          changeMessages(pending.sessionId, (messages) => withDuration(messages, build_duration))
        }
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
    const { current: sessionId, version } = getState()
    const values = valuesOf(getState(), sessionId)
    const variables = variablesOf(getState(), sessionId)
    setState({ pending: { sessionId, text, files, isHeard: false }, trouble: undefined, unanswered: undefined })
    let hasFailed = false
    let isAnswered = false
    const stop = backend.listen(({ event, data }) => {
      if (event === 'error') hasFailed = true
      if (event === 'add_message' && data.sender !== 'User') isAnswered = true
    })
    const outcome = await backend.run({ text, sessionId, files, version, values, variables }).finally(stop)
    flush()
    const isHeard = getState().pending?.isHeard === true
    setState({ pending: undefined, unanswered: outcome.kind === 'done' && !isAnswered ? sessionId : undefined })
    if (outcome.kind === 'refused') setState({ trouble: { ...outcome, sessionId } })
    if (outcome.kind === 'failed' && !hasFailed) {
      setState({ trouble: { kind: 'failed', message: outcome.message, sessionId } })
    }
    return outcome.kind !== 'refused' && (outcome.kind !== 'failed' || hasFailed || isHeard)
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

  async function sendDraft(): Promise<void> {
    const { current } = getState()
    const draft = drafts.take(current)
    const paths = draft.attachments.flatMap(({ path }) => path ?? [])
    if (!(await send(draft.text, paths))) drafts.giveBack(current, draft)
  }

  return {
    backend,
    store,
    drafts,
    send,
    sendDraft,
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
        unanswered: undefined,
      }))
      const { load: state } = threadOf(getState(), sessionId)
      if (state === 'no' || state === 'failed') void threads.load(sessionId)
    },
    loadOlder: threads.loadOlder,
    async regenerate() {
      const { messages } = threadOf(getState(), getState().current)
      const from = messages.findLastIndex(({ sender }) => sender === 'user')
      const asked = messages[from]
      if (!asked) return
      await remove(messages.slice(from).map(({ id }) => id))
      // What could not be asked again is not lost: it waits to be sent.
      if (!(await send(asked.text, asked.files))) {
        drafts.giveBack(getState().current, { text: asked.text, attachments: [] })
      }
    },
    async edit(id, text) {
      await backend.updateMessage(id, { text })
      changeOne(id, { text, isEdited: true })
    },
    async rate(id, feedback, reasons) {
      // Without a thumb down there is nothing to give reasons for.
      await backend.updateMessage(id, { feedback, reasons: reasons ?? null })
      changeOne(id, { feedback, reasons })
    },
    setVersion: (version) => setState({ version }),
    setValues: (given) =>
      setState(({ values, current }) => {
        const next = new Map(values)
        if (given.length > 0) next.set(current, given)
        else next.delete(current)
        return { values: next }
      }),
    setVariables: (given) =>
      setState(({ variables, current }) => {
        const next = new Map(variables)
        if (Object.keys(given).length > 0) next.set(current, given)
        else next.delete(current)
        return { variables: next }
      }),
    async rename(from, to) {
      if (getState().sessions.some(({ id }) => id === from)) await backend.renameSession(from, to)
      setState(({ sessions, threads, values, variables, drafts, current }) => {
        const { [from]: thread, ...others } = Object.fromEntries(threads)
        return {
          values: renamed(values, from, to),
          variables: renamed(variables, from, to),
          drafts: renamed(drafts, from, to),
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

const renamed = <Value>(map: ReadonlyMap<string, Value>, from: string, to: string): ReadonlyMap<string, Value> =>
  new Map([...map].map(([id, value]) => [id === from ? to : id, value]))
