import { useStoreApi } from '@xyflow/react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { isAddress } from '../../flows/address-flows.ts'
import { MenuAt, type MenuItem } from '../../ui/menu.tsx'
import { notify } from '../../ui/notifications.tsx'
import { frameSelection } from '../actions/frame-actions.ts'
import { addNote, addText, pasteAt } from '../actions/paste.ts'
import { useActions } from '../actions/use-actions.tsx'
import { remove } from '../commands/remove.ts'
import { useEditorState, useWorkspace } from '../editor-context.tsx'
import { canvasHandles } from '../model/handles.ts'
import type { CanvasMenu as Menu } from '../workspace-ui.ts'
import { useActionItem, useSelectionMenu } from './use-selection-menu.ts'

/** The menu at a right click on the empty canvas, an edge or several nodes; or of a text that was pasted. */
export function CanvasMenu({ menu }: { readonly menu: Menu }): ReactNode {
  const { t } = useTranslation('workspace')
  const { ui, editor } = useWorkspace()
  const { context } = useActions()
  const action = useActionItem()
  const ofSelection = useSelectionMenu()
  const library = useStoreApi()
  const isLocked = useEditorState((state) => state.isLocked)
  const { screen, flow } = menu

  /** The end that stays waits, as after a click on its handle, for the one the edge is to lead to. */
  const reconnectEnd = (edgeId: string, end: 'source' | 'target'): void => {
    const edge = editor.getDocument().edges.find(({ id }) => id === edgeId)
    const { source, target } = edge ? canvasHandles(edge) : {}
    const stays = end === 'target' ? { node: edge?.source, id: source } : { node: edge?.target, id: target }
    if (stays.node === undefined || stays.id === undefined) return
    const handle = { nodeId: stays.node, handle: stays.id }
    const type = end === 'target' ? 'source' : 'target'
    library.setState({ connectionClickStartHandle: { nodeId: stays.node, type, id: stays.id } })
    ui.setState({ handleFilter: handle, connecting: handle, movedEdge: edgeId })
    notify('notice', t('menu.reconnectHint'))
  }
  const onCanvas = (): readonly MenuItem[] => [
    {
      ...action('quick-add'),
      onSelect: () => ui.setState({ quickAdd: { screen, flow, from: undefined } }),
    },
    { ...action('note'), onSelect: () => addNote(context, '', flow) },
    {
      ...action('frame'),
      onSelect: () => frameSelection(context.workspace, t('frame.new'), flow),
    },
    { ...action('paste'), onSelect: () => void pasteAt(context, { screen, flow }) },
    'separator',
    action('select-all'),
    action('tidy'),
    action('minimise-all'),
    action('expand-all'),
    'separator',
    action('zoom-fit'),
    action('zoom-100'),
  ]
  const onEdge = (edgeId: string): readonly MenuItem[] => [
    {
      label: t('menu.insert'),
      disabled: isLocked,
      testId: 'menu-insert-node',
      onSelect: () => ui.setState({ quickAdd: { screen, flow, from: undefined, edgeId } }),
    },
    'separator',
    {
      label: t('menu.reconnectSource'),
      disabled: isLocked,
      testId: 'menu-reconnect-source',
      onSelect: () => reconnectEnd(edgeId, 'source'),
    },
    {
      label: t('menu.reconnectTarget'),
      disabled: isLocked,
      testId: 'menu-reconnect-target',
      onSelect: () => reconnectEnd(edgeId, 'target'),
    },
    'separator',
    {
      ...action('delete'),
      danger: true,
      onSelect: () => void editor.apply(remove, { nodes: new Set<string>(), edges: new Set([edgeId]) }),
    },
  ]
  const ofText = (text: string): readonly MenuItem[] => [
    ...(isAddress(text)
      ? [
          {
            label: t('menu.asFlow'),
            testId: 'paste-as-flow',
            onSelect: () => ui.setState({ fetched: { address: text.trim(), screen, flow } }),
          },
        ]
      : []),
    { label: t('menu.asText'), testId: 'paste-as-text', onSelect: () => addText(context, text, flow) },
    { label: t('menu.asNote'), testId: 'paste-as-note', onSelect: () => addNote(context, text, flow) },
  ]
  const items =
    menu.of === 'edge'
      ? onEdge(menu.edgeId)
      : menu.of === 'text'
        ? ofText(menu.text)
        : menu.of === 'selection'
          ? ofSelection()
          : onCanvas()
  return <MenuAt at={screen} items={items} onClose={() => ui.setState({ menu: undefined })} />
}
