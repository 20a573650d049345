import { Popover as RadixPopover } from 'radix-ui'
import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { stayOnEscape } from './input.tsx'
import type { PopoverProps } from './popover.tsx'

/** `Popover` from the moment it is first opened. */
export function OpenedPopover({
  trigger,
  children,
  open,
  onOpenChange,
  align = 'end',
  side = 'bottom',
  className,
  label,
}: PopoverProps): ReactNode {
  return (
    <RadixPopover.Root
      {...(open === undefined ? { defaultOpen: true } : { open })}
      {...(onOpenChange && { onOpenChange })}
    >
      <RadixPopover.Trigger asChild>{trigger}</RadixPopover.Trigger>
      <RadixPopover.Portal>
        <RadixPopover.Content
          align={align}
          side={side}
          sideOffset={4}
          collisionPadding={8}
          aria-label={label}
          onEscapeKeyDown={stayOnEscape}
          className={classNames('z-50 rounded-md border border-border bg-surface shadow-2', className)}
        >
          {children}
        </RadixPopover.Content>
      </RadixPopover.Portal>
    </RadixPopover.Root>
  )
}
