import { componentText } from '../../i18n/component-text.ts'
import { copyText } from '../../ui/copy-text.ts'
import { saveFile } from '../../ui/file-drop.tsx'
import type { Action, ActionContext } from '../actions/actions.ts'
import type { ActionId } from '../actions/shortcuts.ts'
import { printFragment } from '../clipboard.ts'
import { pinOutputs } from '../commands/pin-outputs.ts'
import { pinPosition } from '../commands/pin-position.ts'
import { setDisabled } from '../commands/set-disabled.ts'
import { setFrozen } from '../commands/set-frozen.ts'
import { setMinimised } from '../commands/set-minimised.ts'
import { safeAddress } from '../fields/safe-address.ts'
import { connectionsOf } from '../model/connections.ts'
import { type FlowNode, isField, isNote } from '../model/flow-document.ts'
import { isFolded, isFrame } from '../model/frames.ts'
import { foldedHandles } from '../node/folded-handles.ts'
import { connectedIn } from '../node/use-connected.ts'
import { canInspect, shownOutputOf } from '../output-inspector/shown-output.ts'
import { outputsToPin } from '../output-inspector/whole-output.ts'

const chosen = ({ workspace: { editor } }: ActionContext): readonly FlowNode[] => {
  const { nodes } = editor.store.getState().selection
  return editor.getDocument().nodes.filter((node) => nodes.has(node.id) && !isNote(node))
}

/** The one component that is selected. */
export const one = (context: ActionContext): FlowNode | undefined => {
  const [node, ...others] = chosen(context)
  return others.length === 0 ? node : undefined
}

/** Components and frames: what can be folded. */
const foldable = ({ workspace: { editor } }: ActionContext): readonly FlowNode[] => {
  const { nodes } = editor.store.getState().selection
  return editor.getDocument().nodes.filter((node) => nodes.has(node.id) && (!isNote(node) || isFrame(node)))
}

/** The one node, note or frame that is selected. */
const single = ({ workspace: { editor } }: ActionContext): string | undefined => {
  const [id, ...others] = editor.store.getState().selection.nodes
  return others.length === 0 ? id : undefined
}

const isOne = (context: ActionContext): boolean => one(context) !== undefined
const isAny = (context: ActionContext): boolean => chosen(context).length > 0

/** Whether a node can be a tool of an agent: some of its fields can be filled by one. */
export const canBeTool = ({ data: { node } }: FlowNode): boolean =>
  node.flow === undefined &&
  (node.tool_mode === true || Object.values(node.template ?? {}).some((field) => field?.tool_mode === true))

/** Whether the selected node can be brought to the state of its component today. */
export const canUpdate = (context: ActionContext): boolean => {
  const node = one(context)
  return node !== undefined && context.workspace.catalogue.of(node) !== undefined
}

/** Whether a node brings its source along; components of the library have none to edit. */
export const hasSource = (node: FlowNode | undefined): boolean => {
  const code: unknown = node?.data.node.template?.code
  return isField(code) && typeof code.value === 'string' && code.value.trim() !== ''
}

const openPanel =
  (panel: 'controls' | 'code') =>
  (context: ActionContext): void => {
    const node = one(context)
    if (node) context.workspace.ui.setState({ nodePanel: { nodeId: node.id, panel } })
  }

/** The output somebody most likely wants to see: the first with an edge, else the first with a value. */
function outputToInspect({ workspace: { runner, editor } }: ActionContext, node: FlowNode): string | undefined {
  const run = runner.store.getState().nodes.get(node.id)
  const connected = new Set(connectionsOf(editor.getDocument().edges).outputs.get(node.id)?.split('\n'))
  const full = (node.data.node.outputs ?? []).filter((output) => canInspect(shownOutputOf(run, output)))
  return (full.find(({ name }) => connected.has(name)) ?? full[0])?.name
}

/** Switches the chosen nodes off in one way, or on when all are off in that way. */
function switchOff(context: ActionContext, how: 'stop' | 'pass'): void {
  const nodes = chosen(context)
  const isOff = nodes.every(({ data }) => data.node.disabled === how)
  const ids = new Set(nodes.map(({ id }) => id))
  context.workspace.editor.apply(setDisabled, { nodes: ids, disabled: isOff ? undefined : how })
}

/** Pins what the last run gave, or takes the pins away. */
async function togglePin(context: ActionContext): Promise<void> {
  const { editor, runner, flowId } = context.workspace
  const node = one(context)
  if (!node) return
  if (node.data.node.pinned_outputs) {
    editor.apply(pinOutputs, { nodeId: node.id, outputs: undefined })
    return
  }
  const run = runner.store.getState().nodes.get(node.id)
  try {
    const outputs = await outputsToPin(flowId, node, run)
    if (outputs) editor.apply(pinOutputs, { nodeId: node.id, outputs })
    else context.say('notice', 'workspace:pin.nothing')
  } catch {
    context.say('error', 'workspace:pin.failed')
  }
}

/** Puts a component on the clipboard in a form other flows, tabs and people can paste. */
async function shareComponent(context: ActionContext): Promise<void> {
  const node = one(context)
  if (!node) return
  try {
    await copyText(printFragment(context.workspace.editor.getDocument(), new Set([node.id])))
    context.say('success', 'workspace:share.copied', { name: componentText(node.data.node.display_name) })
  } catch {
    context.say('error', 'workspace:share.notCopied')
  }
}

/** What can be done with the inside of a node. */
export const nodeActions: Partial<Record<ActionId, Action>> = {
  code: { isEnabled: (context) => hasSource(one(context)), perform: openPanel('code') },
  controls: { isEnabled: isOne, perform: openPanel('controls') },
  rename: {
    isEdit: true,
    isEnabled: (context) => single(context) !== undefined,
    perform(context) {
      const nodeId = single(context)
      if (nodeId !== undefined) context.workspace.ui.setState({ nodePanel: { nodeId, panel: 'rename' } })
    },
  },
  comment: {
    isEnabled: isOne,
    perform(context) {
      const node = one(context)
      if (node) context.workspace.ui.setState({ rightPanel: 'inspector', commented: node.id })
    },
  },
  'share-component': {
    isEnabled: isOne,
    perform: (context) => void shareComponent(context),
  },
  download: {
    isEnabled: isOne,
    perform(context) {
      const node = one(context)
      if (!node) return
      const text = printFragment(context.workspace.editor.getDocument(), new Set([node.id]))
      saveFile(new Blob([text], { type: 'application/json' }), `${node.data.node.display_name}.json`)
    },
  },
  'pin-position': {
    isEdit: true,
    isEnabled: (context) => context.workspace.editor.store.getState().selection.nodes.size > 0,
    perform({ workspace: { editor } }) {
      const { document, selection } = editor.store.getState()
      const pinned = document.nodes.some(({ id, draggable }) => selection.nodes.has(id) && draggable !== false)
      editor.apply(pinPosition, { nodes: selection.nodes, pinned })
    },
  },
  'inspect-output': {
    isEnabled: (context) => {
      const node = one(context)
      return node !== undefined && outputToInspect(context, node) !== undefined
    },
    perform(context) {
      const node = one(context)
      const output = node && outputToInspect(context, node)
      if (output) context.workspace.ui.setState({ shownOutput: { nodeId: node.id, output } })
    },
  },
  freeze: {
    isEdit: true,
    isEnabled: isAny,
    perform(context) {
      const nodes = chosen(context)
      const frozen = nodes.some(({ data }) => data.node.frozen !== true)
      const { editor, runner } = context.workspace
      editor.apply(setFrozen, { nodes: new Set(nodes.map(({ id }) => id)), frozen })
      const hasRun = nodes.every(({ id }) => runner.store.getState().nodes.get(id)?.status === 'done')
      if (frozen && !hasRun) context.say('notice', 'workspace:freeze.firstRun')
    },
  },
  disable: {
    isEdit: true,
    isEnabled: isAny,
    perform: (context) => switchOff(context, 'stop'),
  },
  'pass-through': {
    isEdit: true,
    isEnabled: isAny,
    perform: (context) => switchOff(context, 'pass'),
  },
  'pin-output': {
    isEdit: true,
    isEnabled: (context) => {
      const node = one(context)
      return node !== undefined && node.data.node.flow === undefined
    },
    perform: (context) => void togglePin(context),
  },
  'tool-mode': {
    isEdit: true,
    isEnabled: (context) => {
      const node = one(context)
      return node !== undefined && canBeTool(node)
    },
    perform(context) {
      const node = one(context)
      if (node) void context.workspace.refresh.setToolMode(node.id, node.data.node.tool_mode !== true)
    },
  },
  minimise: {
    isEdit: true,
    isEnabled: (context) => foldable(context).length > 0,
    perform(context) {
      const nodes = foldable(context)
      const minimised = nodes.every((node) => (isFrame(node) ? !isFolded(node) : node.data.showNode !== false))
      const { editor } = context.workspace
      editor.apply(setMinimised, { nodes: new Set(nodes.map(({ id }) => id)), minimised })
      const { edges } = editor.getDocument()
      const node = minimised ? one(context) : undefined
      if (!node || !foldedHandles(node.data, connectedIn(edges, node.id)).lacksSome) return
      context.say('notice', 'fields:menu.foldedLacksHandles', { name: componentText(node.data.node.display_name) })
    },
  },
  docs: {
    isEnabled: ({ workspace: { editor } }) => editor.store.getState().selection.nodes.size === 1,
    perform(context) {
      const address = safeAddress(one(context)?.data.node.documentation ?? '')
      if (address) open(address, '_blank', 'noopener')
      else context.say('notice', 'fields:menu.noDocs')
    },
  },
}
