import { Slot } from 'radix-ui'
import type { ReactNode } from 'react'
import { type HintSide, useHint } from './hint.tsx'

export interface TooltipProps {
  readonly label: ReactNode
  readonly keys?: string | undefined
  readonly side?: HintSide | undefined
  readonly children: ReactNode
}

/** What is said on hover and focus. The child must take a ref and props, as a button does. */
export function Tooltip({ label, keys, side, children }: TooltipProps): ReactNode {
  const { props, hint } = useHint(
    <>
      {label}
      {keys ? <kbd className="ml-2 font-sans opacity-75">{keys}</kbd> : null}
    </>,
    side,
  )
  return (
    <>
      <Slot.Root {...props}>{children}</Slot.Root>
      {hint}
    </>
  )
}
