import { expect, test } from 'vitest'
import type { BuildEvent, WireMessage } from '../../editor/run/build-events.ts'
import type { ChatBackend, ChatOutcome } from './chat-backend.ts'
import { createPlayground } from './playground.ts'
import { draftOf, isRunningIn, threadOf } from './playground-state.ts'

const message = (id: string, more: Partial<WireMessage> = {}): WireMessage => ({
  id,
  text: `text of ${id}`,
  sender: 'Machine',
  sender_name: 'AI',
  session_id: 'flow',
  timestamp: '2026-01-05 10:00:00 UTC',
  ...more,
})

/** A server that keeps its messages in a list, and whose runs end when they are told to. */
function fakeBackend(kept: readonly WireMessage[] = [], upload: ChatBackend['upload'] = undefined) {
  let stored = kept
  const hears = new Set<(event: BuildEvent) => void>()
  const busy = new Set<(isBusy: boolean, isStopped: boolean) => void>()
  const sent: string[] = []
  let end: ((outcome: ChatOutcome) => void) | undefined
  const backend: ChatBackend = {
    flowId: 'flow',
    sessions: async () =>
      [...new Set(stored.map(({ session_id = '' }) => session_id))].map((id) => ({ id, lastAt: 1 })),
    messages: async (sessionId) => ({
      messages: stored.filter(({ session_id }) => session_id === sessionId),
      hasOlder: false,
    }),
    renameSession: async () => undefined,
    removeSession: async () => undefined,
    findSessions: async () => new Set<string>(),
    updateMessage: async () => undefined,
    removeMessages: async (ids) => {
      stored = stored.filter(({ id = '' }) => !ids.includes(id))
    },
    upload,
    run({ text }) {
      sent.push(text)
      for (const hear of busy) hear(true, false)
      return new Promise((resolve) => {
        end = resolve
      })
    },
    stop: async () => undefined,
    listen(hear) {
      hears.add(hear)
      return () => void hears.delete(hear)
    },
    isBusy: () => false,
    onBusy(hear) {
      busy.add(hear)
      return () => void busy.delete(hear)
    },
  }
  return {
    backend,
    sent,
    stored: () => stored.map(({ id }) => id),
    tell: (...events: readonly BuildEvent[]) => {
      for (const event of events) for (const hear of hears) hear(event)
    },
    finish(outcome: ChatOutcome) {
      for (const hear of busy) hear(false, outcome.kind === 'stopped')
      end?.(outcome)
    },
  }
}

function open(kept?: readonly WireMessage[], upload?: ChatBackend['upload']) {
  const server = fakeBackend(kept, upload)
  const frames: (() => void)[] = []
  const playground = createPlayground({ backend: server.backend, onFrame: (run) => void frames.push(run) })
  const thread = (session = 'flow') => threadOf(playground.store.getState(), session)
  return {
    ...server,
    playground,
    thread,
    texts: (session?: string) => thread(session).messages.map(({ text }) => text),
    frame: () => {
      for (const run of frames.splice(0)) run()
    },
    frames,
  }
}

const add = (id: string, more?: Partial<WireMessage>): BuildEvent => ({ event: 'add_message', data: message(id, more) })
const token = (id: string, chunk: string): BuildEvent => ({ event: 'token', data: { id, chunk } })

test('tokens are drawn once a frame, and the whole text wins in the end', () => {
  const chat = open()
  chat.tell(add('a', { text: '', properties: { state: 'partial' } }), token('a', 'Hel'), token('a', 'lo'))
  expect([chat.frames.length, chat.texts()]).toEqual([1, []])
  chat.frame()
  expect(chat.texts()).toEqual(['Hello'])
  chat.tell(token('a', ', wor'), add('a', { text: 'Hello, world.' }))
  chat.frame()
  expect(chat.thread().messages).toMatchObject([{ text: 'Hello, world.', state: 'complete' }])
})

test('a message is never there twice, and stands where its time says', async () => {
  const chat = open([message('b'), message('c')])
  chat.tell(add('c', { text: 'newer' }), add('d'), add('a', { timestamp: '2026-01-05 09:59:59 UTC' }))
  chat.frame()
  chat.playground.open('flow')
  await expect.poll(() => chat.thread().load).toBe('loaded')
  expect(chat.thread().messages.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd'])
  expect(chat.texts()[2]).toBe('newer')
})

test('what is stopped keeps what was said so far', async () => {
  const chat = open()
  const sending = chat.playground.send('Hi', [])
  chat.tell(add('a', { text: '', properties: { state: 'partial' } }), token('a', 'Half'))
  chat.finish({ kind: 'stopped' })
  expect(await sending).toBe(true)
  expect(chat.thread().messages).toMatchObject([{ text: 'Half', state: 'stopped' }])
  expect(chat.playground.store.getState()).toMatchObject({ isBusy: false, pending: undefined, trouble: undefined })
})

test('what is stored unfinished was stopped or broke off, and stays a text', async () => {
  const half = { text: 'Half', properties: { state: 'partial' } }
  const chat = open([message('a', half), message('b', { ...half, error: true }), message('c', { error: true })])
  chat.playground.open('flow')
  await expect.poll(() => chat.thread().load).toBe('loaded')
  expect(chat.thread().messages.map(({ state, isError }) => [state, isError])).toEqual([
    ['stopped', false],
    ['complete', false],
    ['complete', true],
  ])
})

test('the answers of a run say how long it took, those before it what they said', async () => {
  const chat = open()
  chat.tell(add('a', { properties: { build_duration: 7 } }))
  const sending = chat.playground.send('Hi', [])
  chat.tell(add('b', { sender: 'User' }), add('c'), { event: 'end', data: { build_duration: 1.5 } })
  chat.finish({ kind: 'done' })
  await sending
  expect(chat.thread().messages.map(({ duration }) => duration)).toEqual([7, undefined, 1.5])
})

test('a run that goes well and says nothing leaves its session unanswered until more is sent', async () => {
  const chat = open()
  const unanswered = () => chat.playground.store.getState().unanswered
  const first = chat.playground.send('Hi', [])
  chat.tell(add('a', { sender: 'User' }))
  chat.finish({ kind: 'done' })
  await first
  expect(unanswered()).toBe('flow')
  const second = chat.playground.send('Hello?', [])
  expect(unanswered()).toBeUndefined()
  chat.tell(add('b', { sender: 'User' }), add('c'))
  chat.finish({ kind: 'done' })
  await second
  expect(unanswered()).toBeUndefined()
})

test('a refused message says why, and one that broke without a message of the flow does too', async () => {
  const chat = open()
  const problems = [{ key: 'empty', values: {}, nodeId: undefined }] as const
  const refused = chat.playground.send('Hi', [])
  chat.finish({ kind: 'refused', problems })
  expect(await refused).toBe(false)
  expect(chat.playground.store.getState().trouble).toEqual({ kind: 'refused', problems, sessionId: 'flow' })
  const broken = chat.playground.send('Hi', [])
  chat.finish({ kind: 'failed', nodeId: undefined, message: 'No network' })
  expect(await broken).toBe(false)
  expect(chat.playground.store.getState().trouble).toMatchObject({ kind: 'failed', message: 'No network' })
  const told = chat.playground.send('Hi', [])
  chat.tell({ event: 'error', data: message('e', { category: 'error' }) })
  chat.finish({ kind: 'failed', nodeId: 'M-1', message: 'text of e' })
  await told
  expect(chat.playground.store.getState().trouble).toBeUndefined()
  expect(chat.thread().messages).toMatchObject([{ id: 'e', isError: true }])
})

test('answering again takes the last exchange back and sends the same', async () => {
  const chat = open([message('a', { sender: 'User', text: 'Why?' }), message('b'), message('c', { category: 'error' })])
  chat.playground.open('flow')
  await expect.poll(() => chat.thread().load).toBe('loaded')
  const again = chat.playground.regenerate()
  await expect.poll(() => chat.sent).toEqual(['Why?'])
  chat.finish({ kind: 'done' })
  await again
  expect([chat.stored(), chat.texts()]).toEqual([[], []])
})

test('messages of another session are noted and mark it as unread', () => {
  const chat = open()
  chat.tell(add('a', { session_id: 'other' }))
  chat.frame()
  const { sessions, unread } = chat.playground.store.getState()
  expect([sessions.map(({ id }) => id), [...unread]]).toEqual([['other'], ['other']])
  chat.playground.open('other')
  expect(chat.playground.store.getState().unread.size).toBe(0)
})

test('a hidden session comes back with its messages', () => {
  const chat = open()
  chat.tell(add('a'))
  chat.frame()
  const back = chat.playground.hideSession('flow')
  expect([chat.texts(), chat.playground.store.getState().sessions]).toEqual([[], []])
  back()
  expect([chat.texts(), chat.playground.store.getState().sessions.length]).toEqual([['text of a'], 1])
})

const draft = (chat: ReturnType<typeof open>, session = 'flow') => {
  const { text, attachments } = draftOf(chat.playground.store.getState(), session)
  return { text, files: attachments.map(({ file, state, path }) => [file.name, state, path]) }
}

test('a session keeps what is not sent, under a new name too, and its upload goes on meanwhile', async () => {
  let store: (path: string) => void = () => undefined
  const chat = open([], () => new Promise((resolve) => (store = resolve)))
  const { drafts } = chat.playground
  drafts.write('Look at')
  drafts.attach([new File(['x'], 'x.pdf')])
  chat.playground.open('other')
  expect(draft(chat, 'other')).toEqual({ text: '', files: [] })
  await chat.playground.rename('flow', 'renamed')
  store('flow/x.pdf')
  await expect
    .poll(() => draft(chat, 'renamed'))
    .toEqual({ text: 'Look at', files: [['x.pdf', 'ready', 'flow/x.pdf']] })
  expect(draft(chat)).toEqual({ text: '', files: [] })
})

test('an upload that failed is tried again, and one that was taken away is stopped', async () => {
  const asked: AbortSignal[] = []
  const chat = open([], async (_file, _onProgress, signal) => {
    asked.push(signal)
    if (asked.length === 1) throw new Error('No network')
    return new Promise(() => undefined)
  })
  const { drafts } = chat.playground
  drafts.attach([new File(['x'], 'x.pdf')])
  await expect.poll(() => draft(chat).files).toEqual([['x.pdf', 'failed', undefined]])
  const key = draftOf(chat.playground.store.getState(), 'flow').attachments[0]?.key ?? ''
  drafts.retry(key)
  expect(draft(chat).files).toEqual([['x.pdf', 'uploading', undefined]])
  drafts.detach(key)
  expect([draft(chat).files, asked.map(({ aborted }) => aborted)]).toEqual([[], [false, true]])
})

test('what was not taken comes back beside what was written since', () => {
  const chat = open()
  const { drafts } = chat.playground
  drafts.write('first')
  const taken = drafts.take('flow')
  expect([taken.text, draft(chat).text]).toEqual(['first', ''])
  drafts.giveBack('flow', taken)
  expect(draft(chat).text).toBe('first')
  drafts.write('second')
  drafts.giveBack('flow', taken)
  expect(draft(chat).text).toBe('second')
})

test('what never reached the server waits to be sent again', async () => {
  const chat = open()
  chat.playground.drafts.write('Hi')
  const lost = chat.playground.sendDraft()
  chat.finish({ kind: 'failed', nodeId: undefined, message: 'No network' })
  await lost
  expect(draft(chat).text).toBe('Hi')
  const broken = chat.playground.sendDraft()
  chat.tell(add('u', { sender: 'User', text: 'Hi' }))
  chat.finish({ kind: 'failed', nodeId: undefined, message: 'No network' })
  await broken
  expect(draft(chat).text).toBe('')
})

test('a session runs while its answer is made, whoever asked for it', () => {
  const chat = open()
  const running = () => ['flow', 'other'].map((id) => isRunningIn(chat.playground.store.getState(), id))
  void chat.playground.send('Hi', [])
  expect(running()).toEqual([true, false])
  chat.finish({ kind: 'done' })
  expect(running()).toEqual([false, false])
})
