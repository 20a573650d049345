import { type ReactNode, useState } from 'react'
import type { MenuItem } from '../../ui/menu.tsx'
import { RightClickMenu } from '../../ui/menu.tsx'
import { useEditorState, useWorkspace } from '../editor-context.tsx'
import { useNodeMenu } from './node-menu.ts'

/** Opens the menu of a node at a right click, and selects the node. */
export function NodeRightClick({
  nodeId,
  children,
}: {
  readonly nodeId: string
  readonly children: ReactNode
}): ReactNode {
  const { editor } = useWorkspace()
  const menu = useNodeMenu(nodeId)
  const [items, setItems] = useState<readonly MenuItem[]>([])
  const isSeveral = useEditorState(({ selection: { nodes } }) => nodes.size > 1 && nodes.has(nodeId))
  const open = (isOpen: boolean): void => {
    if (!isOpen) return
    if (!isSeveral) editor.select({ nodes: new Set([nodeId]), edges: new Set() })
    setItems(menu())
  }
  return (
    <RightClickMenu items={items} onOpenChange={open}>
      {children}
    </RightClickMenu>
  )
}
