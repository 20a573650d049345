import { Check, ChevronRight } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { type FocusEvent, type ReactNode, useContext, useRef } from 'react'
import { classNames } from './class-names.ts'
import { InDialog } from './in-dialog.ts'
import type { MenuAtProps, MenuItem, MenuProps } from './menu.tsx'

const PANEL =
  'z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-44 max-w-80 overflow-y-auto overflow-x-hidden rounded-md border border-border bg-surface p-1 text-text shadow-2'
const ROW =
  'flex h-8 select-none items-center gap-2 rounded-sm px-2 text-sm -outline-offset-2 data-[highlighted]:bg-surface-hover data-[disabled]:opacity-50'

function Rows({ items }: { readonly items: readonly MenuItem[] }): ReactNode {
  return items.map((item, index) => {
    // biome-ignore lint/suspicious/noArrayIndexKey: a separator has nothing else
    if (item === 'separator') return <DropdownMenu.Separator key={index} className="my-1 h-px bg-border" />
    const body = (
      <>
        {item.icon}
        <span className="min-w-0 flex-1 truncate">{item.label}</span>
        {item.checked ? <Check size={14} className="shrink-0" /> : null}
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

/** `Menu` from the moment it is first opened. */
export function OpenedMenu({
  items,
  align = 'end',
  side = 'bottom',
  children,
  onOpenChange,
  isByKeys,
}: MenuProps & { readonly isByKeys: boolean }): ReactNode {
  const isInDialog = useContext(InDialog)
  const focusOnFirst = useFocusOnFirst(isByKeys)
  return (
    // Modal, it would hide a page with a way to tab into it; but from another a dialog takes the focus back.
    <DropdownMenu.Root defaultOpen modal={isInDialog} {...(onOpenChange && { onOpenChange })}>
      <DropdownMenu.Trigger asChild>{children}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align={align}
          side={side}
          sideOffset={4}
          collisionPadding={8}
          className={PANEL}
          onFocus={focusOnFirst}
        >
          <Rows items={items} />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

/** The library has not seen the key that opened the menu, and would leave the focus on the menu as after a click. */
function useFocusOnFirst(isByKeys: boolean) {
  const isOpening = useRef(isByKeys)
  return (event: FocusEvent<HTMLElement>): void => {
    if (!isOpening.current || event.target !== event.currentTarget) return
    isOpening.current = false
    event.currentTarget.querySelector<HTMLElement>('[role^="menuitem"]:not([data-disabled])')?.focus()
  }
}

/** `MenuAt`. */
export const OpenMenuAt = ({ at, items, onClose }: MenuAtProps): ReactNode => (
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
