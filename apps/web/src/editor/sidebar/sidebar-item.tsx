import { GripVertical, Plus } from 'lucide-react'
import { type DragEvent, type KeyboardEvent, type MouseEvent, type ReactNode, useState } from 'react'
import { IconButton } from '../../ui/button.tsx'
import { MenuAt, type MenuItem } from '../../ui/menu.tsx'
import { useActions } from '../actions/use-actions.tsx'
import { ComponentIcon } from '../component-icon.tsx'
import { useEditorState } from '../editor-context.tsx'
import type { Point } from '../model/flow-document.ts'

export interface SidebarItemProps {
  readonly icon: string | undefined
  readonly name: string
  /** What adding it is called, for those who cannot see the plus. */
  readonly addLabel: string
  /** What a drag of it carries. */
  readonly dragged: { readonly type: string; readonly data: () => string }
  /** Puts it on the canvas, its upper left corner near a point. */
  readonly onAdd: (at: Point) => void
  /** Of a right click. */
  readonly menu?: readonly MenuItem[]
  /** More about it: why it cannot be added, or what it is. */
  readonly title?: string | undefined
  readonly isUsedUp?: boolean
  readonly badges?: ReactNode
  readonly testId: string
  /** Of the part that is dragged, where it has one of its own. */
  readonly dragTestId?: string
  readonly addTestId?: string
}

/** About half of a node: what is added without a point lies around the middle of the view. */
const HALF = { x: 160, y: 120 }

/** Something of the sidebar that can be put on the canvas: dragged, double clicked, by its plus or by Enter. */
export function SidebarItem(props: SidebarItemProps): ReactNode {
  const {
    icon,
    name,
    addLabel,
    dragged,
    onAdd,
    menu,
    title,
    isUsedUp = false,
    badges,
    testId,
    dragTestId,
    addTestId,
  } = props
  const { context } = useActions()
  const isLocked = useEditorState((state) => state.isLocked)
  const [menuAt, setMenuAt] = useState<Point>()
  const add = (): void => {
    const { x, y } = context.view.middle()
    if (!isLocked) onAdd({ x: x - HALF.x, y: y - HALF.y })
  }
  const onDragStart = (event: DragEvent): void => {
    event.dataTransfer.setData(dragged.type, dragged.data())
    event.dataTransfer.effectAllowed = 'move'
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget || (event.key !== 'Enter' && event.key !== ' ')) return
    event.preventDefault()
    add()
  }
  const onContextMenu = (event: MouseEvent): void => {
    event.preventDefault()
    setMenuAt({ x: event.clientX, y: event.clientY })
  }
  return (
    <li className="group/item relative">
      {/* biome-ignore lint/a11y/useSemanticElements: a button cannot be dragged in every browser */}
      <div
        role="button"
        tabIndex={0}
        data-sidebar-stop=""
        draggable={!isLocked && !isUsedUp}
        onDragStart={onDragStart}
        onDoubleClick={add}
        onContextMenu={menu && onContextMenu}
        onKeyDown={onKeyDown}
        aria-disabled={isUsedUp}
        title={title ? `${name}\n${title}` : name}
        aria-label={addLabel}
        data-testid={testId}
        className="flex h-8 cursor-grab select-none items-center gap-2 rounded-md pr-8 pl-2 text-sm hover:bg-surface-hover aria-disabled:cursor-not-allowed aria-disabled:text-text-muted"
      >
        <ComponentIcon name={icon} size={15} />
        <span className="min-w-0 flex-1 truncate" data-testid={dragTestId}>
          {name}
        </span>
        {badges}
        <GripVertical size={13} className="text-text-faint opacity-0 group-hover/item:opacity-100" aria-hidden="true" />
      </div>
      <IconButton
        label={addLabel}
        size="sm"
        className="absolute! top-1 right-1 opacity-0 focus-visible:opacity-100 group-hover/item:opacity-100"
        disabled={isLocked}
        data-testid={addTestId}
        onClick={add}
      >
        <Plus size={14} />
      </IconButton>
      {menu && menuAt ? <MenuAt at={menuAt} onClose={() => setMenuAt(undefined)} items={menu} /> : null}
    </li>
  )
}
