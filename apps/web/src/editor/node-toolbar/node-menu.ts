import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { mayRun } from '../../projects/may.ts'
import { copyText } from '../../ui/copy-text.ts'
import type { MenuItem } from '../../ui/menu.tsx'
import { notify, notifyError } from '../../ui/notifications.tsx'
import type { ActionId } from '../actions/shortcuts.ts'
import { type Actions, useActions } from '../actions/use-actions.tsx'
import { isNote, nodeOf } from '../model/flow-document.ts'

/** The menu of a node: under its ⋯ and at a right click. Made when it opens. */
export function useNodeMenu(nodeId: string): () => readonly MenuItem[] {
  const { t } = useTranslation('fields')
  const actions = useActions()
  return () => menuOf(nodeId, actions, t)
}

/** A line of a menu for an action. */
export type ActionLine = (id: ActionId, label: string, testId?: string) => Exclude<MenuItem, 'separator'>

export const actionLines =
  (actions: Actions): ActionLine =>
  (id, label, testId) => ({
    label,
    keys: actions.keysOf(id),
    disabled: !actions.isEnabled(id),
    onSelect: () => void actions.perform(id),
    ...(testId && { testId }),
  })

function menuOf(nodeId: string, actions: Actions, t: TFunction): readonly MenuItem[] {
  const { workspace, runFlow } = actions.context
  const { editor, runner } = workspace
  const node = nodeOf(editor.getDocument(), nodeId)
  if (!node || isNote(node)) return []
  const { showNode, node: component } = node.data
  const item = actionLines(actions)
  const cannotRun = runner.store.getState().running !== undefined || !mayRun(workspace)
  async function copySnippet(): Promise<void> {
    const { nodeSnippet } = await import('./node-snippet.ts')
    await copyText(
      nodeSnippet({ origin: location.origin, flowId: workspace.flowId, document: editor.getDocument(), nodeId }),
    )
    notify('success', t('menu.snippetCopied'))
  }
  return [
    {
      label: t('menu.runTo'),
      keys: actions.keysOf('run-to-selected'),
      disabled: cannotRun,
      onSelect: () => runFlow({ stopAt: nodeId }),
    },
    {
      label: t('menu.runFrom'),
      disabled: cannotRun,
      onSelect: () => runFlow({ startAt: nodeId }),
    },
    item('inspect-output', t('menu.inspect')),
    'separator',
    item('rename', t('menu.rename'), 'rename-button-modal'),
    item('controls', t('menu.controls'), 'edit-button-modal'),
    item('code', t('menu.code'), 'code-button-modal'),
    item('update', t('menu.restore'), 'update-button'),
    item('docs', t('menu.docs')),
    'separator',
    item('save-component', t('menu.saveComponent'), 'save-button-modal'),
    item('duplicate', t('menu.duplicate')),
    item('copy', t('menu.copy')),
    item('cut', t('menu.cut')),
    item('share-component', t('menu.copyJson'), 'copy-json'),
    {
      label: t('menu.copySnippet'),
      testId: 'copy-snippet',
      onSelect: () => void copySnippet().catch((error: unknown) => notifyError(t('menu.copySnippet'), error)),
    },
    item('download', t('menu.download')),
    item('comment', t(component.notes ? 'menu.editComment' : 'menu.comment'), 'comment-button-modal'),
    'separator',
    showNode === false
      ? item('minimise', t('menu.expand'), 'expand-button-modal')
      : item('minimise', t('menu.minimise'), 'minimize-button-modal'),
    {
      ...item('pin-position', t('menu.pinPosition'), 'pin-position'),
      checked: node.draggable === false,
    },
    ...(component.flow ? [item('group', t('menu.ungroup'))] : []),
    item('disable', t(component.disabled === 'stop' ? 'menu.enable' : 'menu.disable'), 'disable-button-modal'),
    item('pass-through', t(component.disabled === 'pass' ? 'menu.enable' : 'menu.passThrough'), 'pass-button-modal'),
    item('pin-output', t(component.pinned_outputs ? 'menu.unpin' : 'menu.pin'), 'pin-button-modal'),
    {
      label: t('menu.editPin'),
      disabled: editor.store.getState().isLocked || component.flow !== undefined,
      onSelect: () => workspace.ui.setState({ nodePanel: { nodeId, panel: 'pin' } }),
      testId: 'edit-pin-button-modal',
    },
    item('freeze', component.frozen ? t('menu.unfreeze') : t('menu.freeze'), 'freeze-path-button'),
    'separator',
    { ...item('delete', t('menu.delete')), danger: true },
  ]
}
