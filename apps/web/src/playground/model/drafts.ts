import type { StoreApi } from 'zustand/vanilla'
import type { ChatBackend } from './chat-backend.ts'
import { type Draft, draftOf, type PlaygroundState } from './playground-state.ts'

/** A file that is to go with the next message. */
export interface Attachment {
  readonly key: string
  readonly file: File
  readonly state: 'uploading' | 'ready' | 'failed'
  /** 0 to 1. */
  readonly progress: number
  /** Where it is stored, once it is. */
  readonly path: string | undefined
}

/** What is written and attached in each session and not sent yet: it outlasts the panel it is written in. */
export interface Drafts {
  /** Changes the text of the open session. */
  write(text: string): void
  /** Uploads files at once, for the next message of the open session. */
  attach(files: readonly File[]): void
  retry(key: string): void
  detach(key: string): void
  /** Empties a session's draft. @returns what it was */
  take(sessionId: string): Draft
  /** Puts back what was taken, unless something else is there by now. */
  giveBack(sessionId: string, draft: Draft): void
}

export function createDrafts(
  { getState, setState }: StoreApi<PlaygroundState>,
  { upload }: Pick<ChatBackend, 'upload'>,
): Drafts {
  const running = new Map<string, AbortController>()
  const put = (sessionId: string, change: Partial<Draft>): void =>
    setState((state) => ({
      drafts: new Map(state.drafts).set(sessionId, { ...draftOf(state, sessionId), ...change }),
    }))
  /** The session may have been given another name since. */
  const changeOne = (key: string, change: (one: Attachment) => readonly Attachment[]): void => {
    for (const [sessionId, { attachments }] of getState().drafts) {
      if (attachments.some((one) => one.key === key)) {
        put(sessionId, { attachments: attachments.flatMap((one) => (one.key === key ? change(one) : [one])) })
      }
    }
  }
  const set = (key: string, values: Partial<Attachment>): void => changeOne(key, (one) => [{ ...one, ...values }])

  function start({ key, file }: Attachment): void {
    if (!upload) return
    const abort = new AbortController()
    running.set(key, abort)
    set(key, { state: 'uploading', progress: 0 })
    upload(file, (progress) => set(key, { progress }), abort.signal)
      .then(
        (path) => set(key, { state: 'ready', progress: 1, path }),
        () => abort.signal.aborted || set(key, { state: 'failed' }),
      )
      .finally(() => running.delete(key))
  }

  return {
    write: (text) => put(getState().current, { text }),
    attach(files) {
      const { current } = getState()
      const added = files.map(
        (file): Attachment => ({ key: crypto.randomUUID(), file, state: 'uploading', progress: 0, path: undefined }),
      )
      put(current, { attachments: [...draftOf(getState(), current).attachments, ...added] })
      added.forEach(start)
    },
    retry(key) {
      const known = [...getState().drafts.values()].flatMap(({ attachments }) => attachments)
      const one = known.find((attachment) => attachment.key === key)
      if (one) start(one)
    },
    detach(key) {
      running.get(key)?.abort()
      changeOne(key, () => [])
    },
    take(sessionId) {
      const draft = draftOf(getState(), sessionId)
      put(sessionId, { text: '', attachments: [] })
      return draft
    },
    giveBack(sessionId, draft) {
      const { text, attachments } = draftOf(getState(), sessionId)
      put(sessionId, { text: text === '' ? draft.text : text, attachments: [...draft.attachments, ...attachments] })
    },
  }
}
