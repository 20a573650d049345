import type { Action, ActionContext } from '../actions/actions.ts'
import type { ActionId } from '../actions/shortcuts.ts'
import { pinOutputs } from '../commands/pin-outputs.ts'
import { setDisabled } from '../commands/set-disabled.ts'
import { setFrozen } from '../commands/set-frozen.ts'
import { setMinimised } from '../commands/set-minimised.ts'
import { safeAddress } from '../fields/safe-address.ts'
import { connectionsOf } from '../model/connections.ts'
import { type FlowNode, isField, isNote } from '../model/flow-document.ts'
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
  (panel: 'controls' | 'code' | 'rename') =>
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

/** What can be done with the inside of a node. */
export const nodeActions: Partial<Record<ActionId, Action>> = {
  code: { isEnabled: (context) => hasSource(one(context)), perform: openPanel('code') },
  controls: { isEnabled: isOne, perform: openPanel('controls') },
  rename: { isEdit: true, isEnabled: isOne, perform: openPanel('rename') },
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
    isEnabled: isAny,
    perform(context) {
      const nodes = chosen(context)
      const minimised = nodes.every(({ data }) => data.showNode !== false)
      context.workspace.editor.apply(setMinimised, { nodes: new Set(nodes.map(({ id }) => id)), minimised })
    },
  },
  docs: {
    isEnabled: (context) => one(context)?.data.node.documentation !== undefined,
    perform(context) {
      const address = safeAddress(one(context)?.data.node.documentation ?? '')
      if (address) open(address, '_blank', 'noopener')
    },
  },
}
