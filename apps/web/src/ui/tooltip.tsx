import { Tooltip as RadixTooltip } from 'radix-ui'
import type { ReactNode } from 'react'

export interface TooltipProps {
  readonly label: ReactNode
  readonly keys?: string | undefined
  readonly side?: 'top' | 'right' | 'bottom' | 'left' | undefined
  readonly children: ReactNode
}

/** What is said on hover and focus. The child must take a ref and props, as a button does. */
export function Tooltip({ label, keys, side = 'bottom', children }: TooltipProps): ReactNode {
  return (
    <RadixTooltip.Root>
      <RadixTooltip.Trigger asChild>{children}</RadixTooltip.Trigger>
      <RadixTooltip.Portal>
        <RadixTooltip.Content
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className="z-60 max-w-80 rounded-sm bg-text px-2 py-1 text-surface text-xs shadow-2"
        >
          {label}
          {keys ? <kbd className="ml-2 font-sans opacity-75">{keys}</kbd> : null}
        </RadixTooltip.Content>
      </RadixTooltip.Portal>
    </RadixTooltip.Root>
  )
}

/** Holds the delay all tooltips share; once, around the application. */
export const TooltipProvider = ({ children }: { readonly children: ReactNode }): ReactNode => (
  <RadixTooltip.Provider delayDuration={400} skipDelayDuration={200}>
    {children}
  </RadixTooltip.Provider>
)
