import type { ReactNode } from 'react'
import { MenuAt } from '../../ui/menu.tsx'
import { useSelectionMenu } from '../canvas/use-selection-menu.ts'
import { useEditorState, useWorkspace, useWorkspaceUi } from '../editor-context.tsx'
import type { WorkspaceUi } from '../workspace-ui.ts'
import { useNodeMenu } from './node-menu.ts'

/** The menu of the node that was clicked with the right button, or of all selected ones it is among. */
export function NodeContextMenu(): ReactNode {
  const open = useWorkspaceUi((state) => state.nodeMenu)
  return open ? <OpenMenu {...open} /> : null
}

function OpenMenu({ nodeId, x, y }: NonNullable<WorkspaceUi['nodeMenu']>): ReactNode {
  const { ui } = useWorkspace()
  const ofNode = useNodeMenu(nodeId)
  const ofSelection = useSelectionMenu()
  const isSeveral = useEditorState(({ selection: { nodes } }) => nodes.size > 1 && nodes.has(nodeId))
  const menu = isSeveral ? ofSelection : ofNode
  return <MenuAt at={{ x, y }} items={menu()} onClose={() => ui.setState({ nodeMenu: undefined })} />
}
