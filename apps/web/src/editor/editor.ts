import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Command } from './commands/command.ts'
import { addStep, emptyHistory, type History } from './history.ts'
import type { FlowDocument } from './model/flow-document.ts'
import { mergeDocuments } from './model/merge.ts'

export interface EditorState {
  readonly document: FlowDocument
  readonly history: History
  /** Ids of what is selected. */
  readonly selection: Selection
  /** Nothing can be changed: the flow is locked, or shown only. */
  readonly isLocked: boolean
}

export interface Selection {
  readonly nodes: ReadonlySet<string>
  readonly edges: ReadonlySet<string>
}

export const nothingSelected: Selection = { nodes: new Set(), edges: new Set() }

export interface ApplyOptions {
  /** Joins steps of the same key made within a second: a burst of typing in one field. */
  readonly mergeKey?: string
  /** Belongs to the step before: what the server answered to an edit. */
  readonly continues?: boolean
}

/** The open flow: its document, its history and what is selected. Knows no React and no server. */
export interface Editor {
  readonly store: StoreApi<EditorState>
  readonly getDocument: () => FlowDocument
  /** Applies a command as one step of the history. @returns whether anything changed */
  apply<Args>(command: Command<Args>, args: Args, options?: ApplyOptions): boolean
  undo(): void
  redo(): void
  /** Puts the history of an earlier visit before that of this one. */
  recall(history: History): void
  select(selection: Partial<Selection>): void
  setLocked(isLocked: boolean): void
  /** Takes a document from elsewhere, outside the history: what another tab or person saved. */
  replace(document: FlowDocument): void
}

export interface EditorOptions {
  readonly document: FlowDocument
  readonly isLocked?: boolean
  /** Epoch milliseconds. */
  readonly now?: () => number
}

export function createEditor({ document, isLocked = false, now = Date.now }: EditorOptions): Editor {
  const store = createStore<EditorState>(() => ({
    document,
    history: emptyHistory,
    selection: nothingSelected,
    isLocked,
  }))

  function travel(from: 'past' | 'future'): void {
    const { history, isLocked } = store.getState()
    const step = history[from].at(-1)
    if (!step || isLocked) return
    const rest = history[from].slice(0, -1)
    const back = from === 'past'
    const [shown, wanted] = back ? [step.after, step.before] : [step.before, step.after]
    store.setState({
      // What came from elsewhere since then stays.
      document: mergeDocuments(shown, wanted, store.getState().document).document,
      history: back
        ? { past: rest, future: [...history.future, step] }
        : { past: [...history.past, step], future: rest },
    })
    dropLostSelection()
  }

  /** What is gone is no longer selected. */
  function dropLostSelection(): void {
    const { document, selection } = store.getState()
    const nodes = new Set(document.nodes.map(({ id }) => id).filter((id) => selection.nodes.has(id)))
    const edges = new Set(document.edges.map(({ id }) => id).filter((id) => selection.edges.has(id)))
    if (nodes.size === selection.nodes.size && edges.size === selection.edges.size) return
    store.setState({ selection: { nodes, edges } })
  }

  return {
    store,
    getDocument: () => store.getState().document,
    apply(command, args, { mergeKey, continues } = {}) {
      const { document: before, history, isLocked } = store.getState()
      if (isLocked) return false
      const after = command.apply(before, args)
      if (after === before) return false
      const last = history.past.at(-1)
      const step = { id: command.id, mergeKey: mergeKey && `${command.id} ${mergeKey}`, at: now(), before, after }
      store.setState({
        document: after,
        history:
          continues && last
            ? { past: [...history.past.slice(0, -1), { ...last, after }], future: [] }
            : addStep(history, step),
      })
      dropLostSelection()
      return true
    },
    recall: (earlier) =>
      store.setState(({ history: { past, future } }) => ({
        history: {
          past: [...earlier.past, ...past],
          // What was undone before is over once something else was done.
          future: past.length + future.length === 0 ? earlier.future : future,
        },
      })),
    undo: () => travel('past'),
    redo: () => travel('future'),
    select: (selection) => store.setState((state) => ({ selection: { ...state.selection, ...selection } })),
    setLocked: (isLocked) => store.setState({ isLocked }),
    replace(document) {
      store.setState({ document })
      dropLostSelection()
    },
  }
}
