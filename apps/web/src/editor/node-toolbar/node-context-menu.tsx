import type { ReactNode } from 'react'
import { MenuAt } from '../../ui/menu.tsx'
import { useWorkspace, useWorkspaceUi } from '../editor-context.tsx'
import type { WorkspaceUi } from '../workspace-ui.ts'
import { useNodeMenu } from './node-menu.ts'

/** The menu of the node that was clicked with the right button. */
export function NodeContextMenu(): ReactNode {
  const open = useWorkspaceUi((state) => state.nodeMenu)
  return open ? <OpenMenu {...open} /> : null
}

function OpenMenu({ nodeId, x, y }: NonNullable<WorkspaceUi['nodeMenu']>): ReactNode {
  const { ui } = useWorkspace()
  const menu = useNodeMenu(nodeId)
  return <MenuAt at={{ x, y }} items={menu()} onClose={() => ui.setState({ nodeMenu: undefined })} />
}
