import { ClientError } from '@runnel/client'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Editor } from '../editor.ts'
import type { FlowDocument } from '../model/flow-document.ts'

/** Whether the server has what is on the screen. */
export type SaveState =
  | { readonly kind: 'saved'; readonly at: number | undefined }
  | { readonly kind: 'unsaved' }
  | { readonly kind: 'saving' }
  | { readonly kind: 'offline' }
  | { readonly kind: 'conflict' }
  | { readonly kind: 'failed'; readonly message: string }

const RETRY_MS = 5000

/** The version of a flow the server does not have. */
export const UNSTORED = ''

export interface AutosaveOptions {
  readonly editor: Editor
  /** The token of the graph the server has; `UNSTORED` when it has none. */
  readonly version: string
  /** Stores a graph over the one `version` names. @returns the token of the new one @throws ClientError 409 when it is another */
  readonly save: (document: FlowDocument, version: string) => Promise<string>
  /** Milliseconds after the last change; undefined when only `flush` saves. */
  readonly delayMs: number | undefined
  /** A save went through. */
  readonly onSaved?: (version: string) => void
}

export interface Autosave {
  readonly store: StoreApi<SaveState>
  /** Saves what is not saved. @returns whether the server has everything now */
  flush(): Promise<boolean>
  /** Saves at once what waits for its moment; nothing where only `flush` saves. */
  hurry(): void
  /** As `flush`, and stores a flow the server does not have even when nothing was changed. */
  save(): Promise<boolean>
  /** Resolves once no save is on its way. */
  idle(): Promise<void>
  /** What the server has, as far as is known here. */
  readonly saved: () => { readonly document: FlowDocument; readonly version: string }
  /** The server has another graph, which the editor has taken in: saves go on over it. */
  rebase(saved: FlowDocument, version: string): void
  /** Watches the editor. @returns ends it; what is not saved then stays so */
  start(): () => void
}

/** Saves the flow a moment after each change, one save at a time, never over somebody else's. */
export function createAutosave({ editor, version, save, delayMs, onSaved }: AutosaveOptions): Autosave {
  const store = createStore<SaveState>(() => ({ kind: 'saved', at: undefined }))
  let saved = editor.getDocument()
  let current = version
  let timer: ReturnType<typeof setTimeout> | undefined
  let saving: Promise<boolean> | undefined

  const isSaved = (): boolean => editor.getDocument() === saved

  function schedule(): void {
    clearTimeout(timer)
    if (isSaved()) {
      if (!saving) store.setState({ kind: 'saved', at: Date.now() }, true)
      return
    }
    if (!saving) store.setState({ kind: 'unsaved' }, true)
    // What is asked about a flow must find it: the first change is stored at once.
    if (delayMs !== undefined) timer = setTimeout(() => void flush(), current === UNSTORED ? 0 : delayMs)
  }

  async function saveOnce(): Promise<boolean> {
    const document = editor.getDocument()
    store.setState({ kind: 'saving' }, true)
    try {
      current = await save(document, current)
      saved = document
      store.setState({ kind: 'saved', at: Date.now() }, true)
      onSaved?.(current)
      return true
    } catch (error) {
      store.setState(failureOf(error), true)
      return false
    }
  }

  function begin(): Promise<boolean> {
    saving ??= saveOnce().finally(() => {
      saving = undefined
    })
    return saving
  }

  async function flush(): Promise<boolean> {
    clearTimeout(timer)
    while (!isSaved()) if (!(await begin())) return false
    return true
  }

  return {
    store,
    flush,
    hurry: () => {
      if (delayMs !== undefined) void flush()
    },
    save: async () => (current !== UNSTORED || (await begin())) && flush(),
    async idle() {
      while (saving) await saving
    },
    saved: () => ({ document: saved, version: current }),
    rebase(document, token) {
      saved = document
      current = token
      schedule()
    },
    start() {
      /** Tries again what failed: the network is back, or may be. */
      const retry = (): void => void (store.getState().kind === 'offline' && flush())
      const retrying = setInterval(retry, RETRY_MS)
      globalThis.addEventListener?.('online', retry)
      const unsubscribe = editor.store.subscribe((state, previous) => {
        if (state.document !== previous.document) schedule()
      })
      return () => {
        clearTimeout(timer)
        clearInterval(retrying)
        globalThis.removeEventListener?.('online', retry)
        unsubscribe()
      }
    },
  }
}

function failureOf(error: unknown): SaveState {
  if (error instanceof ClientError && error.status === 409) return { kind: 'conflict' }
  if (error instanceof ClientError) return { kind: 'failed', message: error.message }
  return { kind: 'offline' }
}
