import { Slot } from 'radix-ui'
import { type KeyboardEvent, type MouseEvent, type ReactNode, Suspense, useState } from 'react'

export interface LateTriggerProps {
  /** What the button opens. */
  readonly opens: 'menu' | 'listbox' | 'dialog'
  /** It is open by somebody else's doing. */
  readonly isOpen?: boolean
  /** Begins to load what it opens: asked for as soon as somebody seems to want it. */
  readonly load: () => Promise<void>
  readonly onOpen?: () => void
  /** The button and, open, what belongs to it. From the first time on it stands in place of the button. */
  readonly opened: (isByKeys: boolean) => ReactNode
  /** The button. */
  readonly children: ReactNode
}

/** A button that is nothing but a button until it is first pressed: a page has dozens of them, and most are never opened. */
export function LateTrigger({ opens, isOpen = false, load, onOpen, opened, children }: LateTriggerProps): ReactNode {
  const [by, setBy] = useState<'keys' | 'pointer'>()
  const open = (by: 'keys' | 'pointer'): void => {
    setBy(by)
    onOpen?.()
  }
  if (isOpen && by === undefined) setBy('pointer')
  const begin = (): void => void load()
  const button = (
    <Slot.Root
      aria-haspopup={opens}
      aria-expanded={false}
      data-state="closed"
      onPointerEnter={begin}
      onFocus={begin}
      onClick={(event: MouseEvent) => {
        // A key clicks without a press.
        if (!event.defaultPrevented) open(event.detail === 0 ? 'keys' : 'pointer')
      }}
      onKeyDown={(event: KeyboardEvent) => {
        if (opens === 'dialog' || !/^Arrow(Down|Up)$/.test(event.key)) return
        event.preventDefault()
        open('keys')
      }}
    >
      {children}
    </Slot.Root>
  )
  return by === undefined ? button : <Suspense fallback={button}>{opened(by === 'keys')}</Suspense>
}
