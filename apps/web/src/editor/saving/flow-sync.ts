import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Editor } from '../editor.ts'
import { type FlowDocument, nodeOf } from '../model/flow-document.ts'
import { isSame, mergeDocuments } from '../model/merge.ts'
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
  /** Takes both sides together, in each of the nodes in question the one named. */
  resolve(side: (nodeId: string) => Side): void
}

export type Side = 'mine' | 'theirs'

export interface FlowSync {
  readonly store: StoreApi<{ readonly conflict: Conflict | undefined }>
  /** Takes in what others have saved. `author` is who, where that is known. */
  pull(author?: string): Promise<void>
  /** Watches the other tabs and the server's refusals. @returns ends it */
  start(): () => void
}

export interface FlowSyncOptions {
  readonly editor: Editor
  readonly autosave: Autosave
  readonly read: () => Promise<ServerFlow>
  /** Hears when somebody else has saved: what the graph became, and who, where that is known. @returns ends it */
  readonly listen: (hear: (saved: HeardSave) => Promise<void>) => () => void
  /** Others' changes were taken in. */
  readonly onMerged: (change: MergedChange) => void
}

export interface HeardSave {
  readonly version?: string | undefined
  readonly author?: string | undefined
}

export interface MergedChange {
  readonly author: string | undefined
  /** The nodes that are new or other than before. */
  readonly nodes: FlowDocument['nodes']
}

/**
 * Keeps an open flow together with what others save: other tabs, other people. Changes that touch different things are
 * taken together; where they do not, nothing is saved until somebody has chosen.
 */
export function createFlowSync({ editor, autosave, read, listen, onMerged }: FlowSyncOptions): FlowSync {
  const store = createStore<{ readonly conflict: Conflict | undefined }>(() => ({ conflict: undefined }))
  let pulling: Promise<void> | undefined

  async function takeIn(author: string | undefined): Promise<void> {
    // Otherwise the answer to a save of ours would pass for somebody else's.
    await autosave.idle()
    const theirs = await read()
    await autosave.idle()
    const base = autosave.saved()
    if (theirs.version === base.version) return
    const mine = editor.getDocument()
    const { document, conflicts } = mergeDocuments(base.document, mine, theirs.document)
    if (conflicts.length > 0) {
      store.setState({
        conflict: { theirs, nodeIds: conflicts, resolve: (side) => resolve(base.document, theirs, side) },
      })
      return
    }
    // Without changes of our own there is nothing to save.
    accept(document, mine === base.document ? { ...theirs, document } : theirs, author)
  }

  function resolve(base: FlowDocument, theirs: ServerFlow, sideOf: (nodeId: string) => Side): void {
    const mine = editor.getDocument()
    const [merged, other] = [
      mergeDocuments(base, mine, theirs.document).document,
      mergeDocuments(base, theirs.document, mine).document,
    ]
    const nodes = merged.nodes.map((node) => (sideOf(node.id) === 'theirs' ? (nodeOf(other, node.id) ?? node) : node))
    store.setState({ conflict: undefined })
    accept({ ...merged, nodes }, theirs, undefined)
  }

  function accept(document: FlowDocument, theirs: ServerFlow, author: string | undefined): void {
    const before = editor.getDocument()
    editor.replace(document)
    autosave.rebase(theirs.document, theirs.version)
    // A merge makes objects of its own, even where all of one side holds.
    if (isSame(document, before)) return
    onMerged({ author, nodes: document.nodes.filter((node) => !isSame(node, nodeOf(before, node.id))) })
  }

  function pull(author?: string): Promise<void> {
    pulling ??= takeIn(author).finally(() => {
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
      const stopListening = listen(async ({ version, author }) => {
        await autosave.idle()
        if (version === undefined || version !== autosave.saved().version) await pull(author).catch(() => undefined)
      })
      return () => {
        unsubscribe()
        stopListening()
      }
    },
  }
}
