import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Editor } from '../editor.ts'
import type { FlowDocument } from '../model/flow-document.ts'
import { mergeDocuments } from '../model/merge.ts'
import type { Autosave } from './autosave.ts'

/** A flow as the server has it. */
export interface ServerFlow {
  readonly document: FlowDocument
  readonly version: string
}

/** Changes of two sides that cannot both hold: somebody has to choose. */
export interface Conflict {
  readonly theirs: ServerFlow
  /** The nodes in question. */
  readonly nodeIds: readonly string[]
  /** Takes both sides together, in the nodes in question the one named. */
  resolve(keep: 'mine' | 'theirs'): void
}

export interface FlowSync {
  readonly store: StoreApi<{ readonly conflict: Conflict | undefined }>
  /** Takes in what others have saved. */
  pull(): Promise<void>
  /** Watches the other tabs and the server's refusals. @returns ends it */
  start(): () => void
}

export interface FlowSyncOptions {
  readonly editor: Editor
  readonly autosave: Autosave
  readonly read: () => Promise<ServerFlow>
  /** Hears when another tab of this browser has saved. @returns ends it */
  readonly listen: (hear: () => void) => () => void
  /** Others' changes were taken in. */
  readonly onMerged: () => void
}

/**
 * Keeps an open flow together with what others save: other tabs, other people. Changes that touch different things are
 * taken together; where they do not, nothing is saved until somebody has chosen.
 */
export function createFlowSync({ editor, autosave, read, listen, onMerged }: FlowSyncOptions): FlowSync {
  const store = createStore<{ readonly conflict: Conflict | undefined }>(() => ({ conflict: undefined }))
  let pulling: Promise<void> | undefined

  async function takeIn(): Promise<void> {
    const theirs = await read()
    const base = autosave.saved()
    if (theirs.version === base.version) return
    const { document, conflicts } = mergeDocuments(base.document, editor.getDocument(), theirs.document)
    if (conflicts.length > 0) {
      store.setState({
        conflict: { theirs, nodeIds: conflicts, resolve: (keep) => resolve(base.document, theirs, keep) },
      })
      return
    }
    accept(document, theirs)
  }

  function resolve(base: FlowDocument, theirs: ServerFlow, keep: 'mine' | 'theirs'): void {
    const mine = editor.getDocument()
    const merged =
      keep === 'mine' ? mergeDocuments(base, mine, theirs.document) : mergeDocuments(base, theirs.document, mine)
    store.setState({ conflict: undefined })
    accept(merged.document, theirs)
  }

  function accept(document: FlowDocument, theirs: ServerFlow): void {
    const isNew = document !== editor.getDocument()
    editor.replace(document)
    autosave.rebase(theirs.document, theirs.version)
    if (isNew) onMerged()
  }

  function pull(): Promise<void> {
    pulling ??= takeIn().finally(() => {
      pulling = undefined
    })
    return pulling
  }

  return {
    store,
    pull,
    start() {
      const unsubscribe = autosave.store.subscribe(({ kind }) => {
        if (kind === 'conflict' && !store.getState().conflict) void pull().catch(() => undefined)
      })
      const stopListening = listen(() => void pull().catch(() => undefined))
      return () => {
        unsubscribe()
        stopListening()
      }
    },
  }
}
