import { Check, ChevronRight } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { type ReactNode, useContext } from 'react'
import { classNames } from './class-names.ts'
import { InDialog } from './in-dialog.ts'

/** One line of a menu; `separator` draws a rule, `items` opens a menu of its own. */
export type MenuItem =
  | 'separator'
  | {
      readonly label: string
      readonly icon?: ReactNode
      readonly keys?: string | undefined
      readonly onSelect?: () => void
      readonly disabled?: boolean
      readonly danger?: boolean
      /** Given for an entry that can be on or off. */
      readonly checked?: boolean
      readonly items?: readonly MenuItem[]
      readonly testId?: string
    }

const PANEL =
  'z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-44 max-w-80 overflow-y-auto overflow-x-hidden rounded-md border border-border bg-surface p-1 text-text shadow-2'
const ROW =
  'flex h-8 select-none items-center gap-2 rounded-sm px-2 text-sm outline-none data-[highlighted]:bg-surface-hover data-[disabled]:opacity-50'

function Rows({ items }: { readonly items: readonly MenuItem[] }): ReactNode {
  return items.map((item, index) => {
    // biome-ignore lint/suspicious/noArrayIndexKey: a separator has nothing else
    if (item === 'separator') return <DropdownMenu.Separator key={index} className="my-1 h-px bg-border" />
    const body = (
      <>
        {item.checked !== undefined ? (
          <span className="w-4">{item.checked ? <Check size={14} /> : null}</span>
        ) : (
          item.icon
        )}
        <span className="min-w-0 flex-1 truncate">{item.label}</span>
        {item.keys ? <kbd className="ml-4 font-sans text-text-faint text-xs">{item.keys}</kbd> : null}
        {item.items ? <ChevronRight size={14} /> : null}
      </>
    )
    if (item.items) {
      return (
        <DropdownMenu.Sub key={item.label}>
          <DropdownMenu.SubTrigger className={ROW} data-testid={item.testId} disabled={item.disabled ?? false}>
            {body}
          </DropdownMenu.SubTrigger>
          <DropdownMenu.Portal>
            <DropdownMenu.SubContent className={PANEL}>
              <Rows items={item.items} />
            </DropdownMenu.SubContent>
          </DropdownMenu.Portal>
        </DropdownMenu.Sub>
      )
    }
    const row = {
      className: classNames(ROW, item.danger && 'text-danger'),
      'data-testid': item.testId,
      disabled: item.disabled ?? false,
      onSelect: () => item.onSelect?.(),
    }
    return item.checked === undefined ? (
      <DropdownMenu.Item key={item.label} {...row}>
        {body}
      </DropdownMenu.Item>
    ) : (
      <DropdownMenu.CheckboxItem key={item.label} checked={item.checked} {...row}>
        {body}
      </DropdownMenu.CheckboxItem>
    )
  })
}

export interface MenuProps {
  readonly items: readonly MenuItem[]
  readonly align?: 'start' | 'center' | 'end'
  readonly side?: 'top' | 'right' | 'bottom' | 'left'
  /** The button that opens it. */
  readonly children: ReactNode
  readonly onOpenChange?: (open: boolean) => void
}

/** A menu under a button. */
export function Menu({ items, align = 'end', side = 'bottom', children, onOpenChange }: MenuProps): ReactNode {
  const isInDialog = useContext(InDialog)
  return (
    // Modal, it would hide a page with a way to tab into it; but from another a dialog takes the focus back.
    <DropdownMenu.Root modal={isInDialog} {...(onOpenChange && { onOpenChange })}>
      <DropdownMenu.Trigger asChild>{children}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content align={align} side={side} sideOffset={4} collisionPadding={8} className={PANEL}>
          <Rows items={items} />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

export interface MenuAtProps {
  /** Where it opens, in pixels of the window. */
  readonly at: { readonly x: number; readonly y: number }
  readonly items: readonly MenuItem[]
  readonly onClose: () => void
}

/** A menu at a place of the window; mounted while it is open. For what there are too many of to give each a menu. */
export const MenuAt = ({ at, items, onClose }: MenuAtProps): ReactNode => (
  <DropdownMenu.Root open modal={false} onOpenChange={onClose}>
    <DropdownMenu.Trigger asChild>
      <span aria-hidden="true" className="fixed size-0" style={{ left: at.x, top: at.y }} />
    </DropdownMenu.Trigger>
    <DropdownMenu.Portal>
      <DropdownMenu.Content side="right" align="start" collisionPadding={8} className={PANEL}>
        <Rows items={items} />
      </DropdownMenu.Content>
    </DropdownMenu.Portal>
  </DropdownMenu.Root>
)
