import { type ReactNode, Suspense, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { lazily } from '../../ui/lazily.ts'
import { notify } from '../../ui/notifications.tsx'
import { useActions } from '../actions/use-actions.tsx'
import { useWorkspace, useWorkspaceUi } from '../editor-context.tsx'
import { type FieldRefresh, TOOL_MODE } from '../fields/node-refresh.ts'
import { useTellLostEdges } from '../fields/use-tell-lost-edges.ts'
import { useUpdate } from '../updates/use-update.ts'
import { canUpdate, nodeActions, one } from './node-actions.ts'
import { useNodeRestore } from './use-node-restore.ts'
import { useNodeSaving } from './use-node-saving.ts'

const NodeContextMenu = lazily(async () => (await import('./node-context-menu.tsx')).NodeContextMenu)
const CodeEditor = lazily(async () => (await import('../editors/code-editor.tsx')).CodeEditor)
const ControlsDialog = lazily(async () => (await import('../inspector/controls-dialog.tsx')).ControlsDialog)
const PinEditor = lazily(async () => (await import('../editors/pin-editor.tsx')).PinEditor)
const OutputInspector = lazily(async () => (await import('../output-inspector/output-inspector.tsx')).OutputInspector)

/** The actions of nodes, and the dialogs they open; each is loaded when it is first opened. */
export function NodePanels(): ReactNode {
  const { t } = useTranslation('fields')
  const actions = useActions()
  const { ui, refresh } = useWorkspace()
  const nodePanel = useWorkspaceUi((state) => state.nodePanel)
  const isMenuOpen = useWorkspaceUi(({ nodeMenu }) => nodeMenu !== undefined)
  const shownOutput = useWorkspaceUi((state) => state.shownOutput)
  const tellLostEdges = useTellLostEdges()
  const update = useUpdate()
  const restore = useNodeRestore()
  const save = useNodeSaving()
  useEffect(
    () =>
      actions.register({
        update: {
          isEdit: true,
          isEnabled: canUpdate,
          perform(context) {
            const node = one(context)
            if (!node) return
            if (context.workspace.updates.store.getState().has(node.id)) update([node.id])
            else void restore(node.id)
          },
        },
        'save-component': {
          isEnabled: (context) => one(context) !== undefined,
          perform(context) {
            const node = one(context)
            if (node) void save(node)
          },
        },
      }),
    [actions, update, restore, save],
  )
  useEffect(() => actions.register(nodeActions), [actions])
  useEffect(() => refresh.listen(tellLostEdges), [refresh, tellLostEdges])
  const toolModeProblem = useStore(refresh.store, problemOfToolMode)
  useEffect(() => {
    if (toolModeProblem) notify('error', t('node.toolFailed'), { details: [toolModeProblem] })
  }, [toolModeProblem, t])
  const close = (): void => ui.setState({ nodePanel: undefined, shownOutput: undefined })
  return (
    <Suspense fallback={null}>
      {isMenuOpen ? <NodeContextMenu /> : null}
      {nodePanel?.panel === 'code' ? <CodeEditor nodeId={nodePanel.nodeId} name="code" onClose={close} /> : null}
      {nodePanel?.panel === 'controls' ? <ControlsDialog nodeId={nodePanel.nodeId} onClose={close} /> : null}
      {nodePanel?.panel === 'pin' ? <PinEditor nodeId={nodePanel.nodeId} onClose={close} /> : null}
      {shownOutput ? <OutputInspector key={shownOutput.nodeId} {...shownOutput} onClose={close} /> : null}
    </Suspense>
  )
}

/** Why the last switch of a node to a tool, or back, was refused. */
function problemOfToolMode(fields: ReadonlyMap<string, FieldRefresh>): string | undefined {
  for (const [key, state] of fields) if (state.kind === 'failed' && key.endsWith(` ${TOOL_MODE}`)) return state.message
  return undefined
}
