import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { MenuAt } from '../../ui/menu.tsx'
import { useActions } from '../actions/use-actions.tsx'
import { useSelectionMenu } from '../canvas/use-selection-menu.ts'
import { useEditorState, useWorkspace, useWorkspaceUi } from '../editor-context.tsx'
import { isNote, nodeOf } from '../model/flow-document.ts'
import type { WorkspaceUi } from '../workspace-ui.ts'
import { useNodeMenu } from './node-menu.ts'
import { noteMenu } from './note-menu.ts'

/** The menu of the node that was clicked with the right button, or of all selected ones it is among. */
export function NodeContextMenu(): ReactNode {
  const open = useWorkspaceUi((state) => state.nodeMenu)
  return open ? <OpenMenu {...open} /> : null
}

function OpenMenu({ nodeId, x, y }: NonNullable<WorkspaceUi['nodeMenu']>): ReactNode {
  const { t } = useTranslation('fields')
  const { ui, editor } = useWorkspace()
  const ofNode = useNodeMenu(nodeId)
  const ofSelection = useSelectionMenu()
  const isSeveral = useEditorState(({ selection: { nodes } }) => nodes.size > 1 && nodes.has(nodeId))
  const actions = useActions()
  const node = nodeOf(editor.getDocument(), nodeId)
  const items = isSeveral ? ofSelection() : node && isNote(node) ? noteMenu(node, actions, t) : ofNode()
  return <MenuAt at={{ x, y }} items={items} onClose={() => ui.setState({ nodeMenu: undefined })} />
}
