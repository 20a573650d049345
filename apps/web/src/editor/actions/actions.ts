import { mayEdit, mayRun } from '../../projects/may.ts'
import { copyText } from '../../ui/copy-text.ts'
import { printFragment } from '../clipboard.ts'
import { fragmentOf } from '../commands/duplicate.ts'
import { groupNodes, refusalToGroup } from '../commands/group.ts'
import { remove } from '../commands/remove.ts'
import { setMinimised } from '../commands/set-minimised.ts'
import { ungroup } from '../commands/ungroup.ts'
import type { Workspace } from '../editor-context.tsx'
import { isNote, nodeOf, type Point } from '../model/flow-document.ts'
import { withHeld } from '../model/frames.ts'
import type { RunRequest } from '../run/flow-runner.ts'
import type { WorkspaceUi } from '../workspace-ui.ts'
import { addNote, insertCopy, pasteAt } from './paste.ts'
import type { ActionId } from './shortcuts.ts'

/** What the canvas can do with the view. */
export interface CanvasView {
  readonly zoomIn: () => void
  readonly zoomOut: () => void
  readonly zoomTo: (zoom: number) => void
  readonly fit: (ids?: readonly string[]) => void
  /** The pointer, or the middle of the view when it is elsewhere, on the canvas. */
  readonly pointer: () => Point
  /** The middle of the view, on the canvas. */
  readonly middle: () => Point
  /** The pointer as `pointer` has it, on the screen. */
  readonly screenPointer: () => Point
  /** Puts the keyboard's focus on a node. */
  readonly focusNode: (id: string) => void
}

export interface ActionContext {
  readonly workspace: Workspace
  readonly view: CanvasView
  /** Tells the user; the key of a word of the editor, with values. */
  readonly say: (kind: 'notice' | 'error' | 'success', key: string, values?: Record<string, string | number>) => void
  /** Runs the whole flow as the settings of runs say, or a part of it, or as it ran before. */
  readonly runFlow: (asked?: Partial<Omit<RunRequest, 'document'>>) => void
  /** Performs another action, where it makes sense. */
  readonly perform: (id: ActionId) => void
  /** A text of the page by its namespace and key. */
  readonly t: (key: string) => string
  readonly save: () => void
  readonly tidy: () => void
}

export interface Action {
  /** Not offered where it would do nothing. */
  readonly isEnabled?: (context: ActionContext) => boolean
  readonly perform: (context: ActionContext) => void
  /** Changes the flow, so a locked one does not have it. */
  readonly isEdit?: boolean
}

const selected = ({ workspace }: ActionContext): ReadonlySet<string> =>
  workspace.editor.store.getState().selection.nodes
const single = (context: ActionContext): string | undefined => {
  const ids = selected(context)
  return ids.size === 1 ? [...ids][0] : undefined
}
const isSomethingSelected = (context: ActionContext): boolean => selected(context).size > 0
const isSomeComponentSelected = (context: ActionContext): boolean => {
  const id = single(context)
  const node = id === undefined ? undefined : nodeOf(context.workspace.editor.getDocument(), id)
  return node !== undefined && !isNote(node)
}
const open =
  (change: Partial<WorkspaceUi> | ((ui: WorkspaceUi) => Partial<WorkspaceUi>)) =>
  ({ workspace }: ActionContext): void =>
    workspace.ui.setState(change)

/** Everything a key, a menu or the palette can do. Those of a node's inside are added by `nodeActions`. */
export const actions: Partial<Record<ActionId, Action>> = {
  palette: { perform: open({ dialog: 'palette' }) },
  shortcuts: { perform: open({ dialog: 'shortcuts' }) },
  outline: { perform: open({ dialog: 'outline' }) },
  export: {
    perform: (context) => {
      if (isSomeComponentSelected(context)) context.perform('download')
      else context.workspace.ui.setState({ dialog: 'export' })
    },
  },
  share: { perform: open({ dialog: 'share' }) },
  api: { perform: open({ dialog: 'api' }) },
  publish: { isEnabled: ({ workspace }) => mayEdit(workspace), perform: open({ dialog: 'publish' }) },
  find: { perform: open({ isFindOpen: true }) },
  sidebar: { perform: open((ui) => ({ isSidebarOpen: !ui.isSidebarOpen })) },
  playground: { perform: open((ui) => ({ rightPanel: ui.rightPanel === 'playground' ? undefined : 'playground' })) },
  versions: { perform: open((ui) => ({ rightPanel: ui.rightPanel === 'versions' ? undefined : 'versions' })) },
  inspector: { perform: open((ui) => ({ rightPanel: ui.rightPanel === 'inspector' ? undefined : 'inspector' })) },
  'search-components': {
    perform({ workspace }) {
      workspace.ui.setState({ isSidebarOpen: true })
      requestAnimationFrame(() => document.querySelector<HTMLElement>('[data-testid="sidebar-search-input"]')?.focus())
    },
  },
  run: { isEnabled: ({ workspace }) => mayRun(workspace), perform: ({ runFlow }) => runFlow() },
  'run-to-selected': {
    isEnabled: (context) => mayRun(context.workspace) && isSomeComponentSelected(context),
    perform(context) {
      const id = single(context)
      if (id !== undefined) context.runFlow({ stopAt: id })
    },
  },
  save: { perform: ({ save }) => save() },
  undo: {
    isEdit: true,
    isEnabled: ({ workspace }) => workspace.editor.store.getState().history.past.length > 0,
    perform: ({ workspace }) => workspace.editor.undo(),
  },
  redo: {
    isEdit: true,
    isEnabled: ({ workspace }) => workspace.editor.store.getState().history.future.length > 0,
    perform: ({ workspace }) => workspace.editor.redo(),
  },
  copy: { isEnabled: isSomethingSelected, perform: (context) => void copy(context) },
  cut: {
    isEdit: true,
    isEnabled: isSomethingSelected,
    perform: (context) =>
      void copy(context).then((isCopied) => {
        if (isCopied) removeSelected(context, withFrames(context))
      }),
  },
  paste: {
    isEdit: true,
    perform: (context) => void pasteAt(context, { screen: context.view.screenPointer(), flow: context.view.pointer() }),
  },
  duplicate: {
    isEdit: true,
    isEnabled: isSomethingSelected,
    perform: (context) =>
      void insertCopy(context, fragmentOf(context.workspace.editor.getDocument(), withFrames(context)), {
        x: 32,
        y: 32,
      }),
  },
  delete: {
    isEdit: true,
    isEnabled: ({ workspace }) => {
      const { nodes, edges } = workspace.editor.store.getState().selection
      return nodes.size + edges.size > 0
    },
    perform: (context) => removeSelected(context),
  },
  group: {
    isEdit: true,
    isEnabled: isSomethingSelected,
    perform(context) {
      const { editor } = context.workspace
      const ids = selected(context)
      const id = single(context)
      if (id !== undefined && nodeOf(editor.getDocument(), id)?.data.node.flow) {
        selectNew(context, () => editor.apply(ungroup, { id }))
        return
      }
      const refusal = refusalToGroup(editor.getDocument(), ids)
      if (refusal) context.say('error', `group.${refusal}`)
      else selectNew(context, () => editor.apply(groupNodes, { ids }))
    },
  },
  'select-all': {
    perform: ({ workspace: { editor } }) => {
      const { nodes, edges } = editor.getDocument()
      editor.select({ nodes: new Set(nodes.map(({ id }) => id)), edges: new Set(edges.map(({ id }) => id)) })
    },
  },
  'select-none': {
    perform({ workspace: { editor, ui } }) {
      const { quickAdd, handleFilter, isFindOpen } = ui.getState()
      if (quickAdd || handleFilter || isFindOpen) {
        ui.setState({ quickAdd: undefined, handleFilter: undefined, isFindOpen: false })
      } else editor.select({ nodes: new Set(), edges: new Set() })
    },
  },
  'quick-add': {
    isEdit: true,
    perform: ({ workspace, view }) =>
      workspace.ui.setState({ quickAdd: { screen: view.screenPointer(), flow: view.pointer(), from: undefined } }),
  },
  note: {
    isEdit: true,
    perform: (context) => addNote(context, '', context.view.pointer()),
  },
  frame: {
    isEdit: true,
    perform({ workspace, view, t }) {
      const at = view.pointer()
      void import('./frame-actions.ts').then(({ frameSelection }) =>
        frameSelection(workspace, t('workspace:frame.new'), at),
      )
    },
  },
  'minimise-all': { isEdit: true, perform: (context) => setAllMinimised(context, true) },
  'expand-all': { isEdit: true, perform: (context) => setAllMinimised(context, false) },
  tidy: { isEdit: true, perform: ({ tidy }) => tidy() },
  'zoom-in': { perform: ({ view }) => view.zoomIn() },
  'zoom-out': { perform: ({ view }) => view.zoomOut() },
  'zoom-100': { perform: ({ view }) => view.zoomTo(1) },
  'zoom-fit': { perform: ({ view }) => view.fit() },
  'zoom-selection': { isEnabled: isSomethingSelected, perform: (context) => context.view.fit([...selected(context)]) },
}

function setAllMinimised({ workspace: { editor } }: ActionContext, minimised: boolean): void {
  const nodes = editor.getDocument().nodes.filter((node) => !isNote(node))
  editor.apply(setMinimised, { nodes: new Set(nodes.map(({ id }) => id)), minimised })
}

/** Selects the nodes a change brings. */
function selectNew(context: ActionContext, change: () => void): void {
  const { editor } = context.workspace
  const before = new Set(editor.getDocument().nodes.map(({ id }) => id))
  change()
  selectNodes(
    context,
    editor.getDocument().nodes.filter(({ id }) => !before.has(id)),
  )
}

function selectNodes({ workspace }: ActionContext, nodes: readonly { readonly id: string }[]): void {
  workspace.editor.select({ nodes: new Set(nodes.map(({ id }) => id)), edges: new Set() })
}

/** What is selected, with what stands in the frames among it. */
const withFrames = (context: ActionContext): ReadonlySet<string> =>
  withHeld(context.workspace.editor.getDocument(), selected(context))

function removeSelected(context: ActionContext, nodes = selected(context)): void {
  const { editor } = context.workspace
  editor.apply(remove, { nodes, edges: editor.store.getState().selection.edges })
}

/** @returns whether it is on the clipboard; where it is not, the user has been told */
async function copy(context: ActionContext): Promise<boolean> {
  try {
    await copyText(printFragment(context.workspace.editor.getDocument(), withFrames(context)))
    return true
  } catch {
    context.say('error', 'workspace:share.notCopied')
    return false
  }
}
