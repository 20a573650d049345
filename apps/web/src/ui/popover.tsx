import type { ReactNode } from 'react'
import { lateModule } from './late-module.ts'
import { LateTrigger } from './late-trigger.tsx'

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

const panel = lateModule(() => import('./popover-panel.tsx'))
const OpenedPopover = panel.component(({ OpenedPopover }) => OpenedPopover)

/** A panel beside the button that opens it. */
export const Popover = (props: PopoverProps): ReactNode => (
  <LateTrigger
    opens="dialog"
    isOpen={props.open ?? false}
    load={panel.load}
    onOpen={() => props.onOpenChange?.(true)}
    opened={() => <OpenedPopover {...props} />}
  >
    {props.trigger}
  </LateTrigger>
)
