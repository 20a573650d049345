import { Popover as RadixPopover } from 'radix-ui'
import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { stayWhileComposing } from './input.tsx'

export interface PopoverProps {
  readonly trigger: ReactNode
  readonly children: ReactNode
  readonly open?: boolean
  readonly onOpenChange?: (open: boolean) => void
  readonly align?: 'start' | 'center' | 'end'
  readonly side?: 'top' | 'right' | 'bottom' | 'left'
  readonly className?: string
  /** The accessible name of the panel. */
  readonly label?: string
}

/** A panel beside the button that opens it. */
export function Popover({
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
    <RadixPopover.Root {...(open !== undefined && { open })} {...(onOpenChange && { onOpenChange })}>
      <RadixPopover.Trigger asChild>{trigger}</RadixPopover.Trigger>
      <RadixPopover.Portal>
        <RadixPopover.Content
          align={align}
          side={side}
          sideOffset={4}
          collisionPadding={8}
          aria-label={label}
          onEscapeKeyDown={stayWhileComposing}
          className={classNames('z-50 rounded-md border border-border bg-surface shadow-2', className)}
        >
          {children}
        </RadixPopover.Content>
      </RadixPopover.Portal>
    </RadixPopover.Root>
  )
}
