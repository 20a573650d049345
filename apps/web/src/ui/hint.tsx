import {
  type FocusEvent,
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react'
import { createPortal } from 'react-dom'

const DELAY_MS = 400
const GAP = 6
const MARGIN = 8

/** Where a hint stands beside what it is about. */
export type HintSide = 'top' | 'right' | 'bottom' | 'left'

/** What the element that has a hint is given. */
export interface HintProps {
  readonly onPointerEnter: (event: PointerEvent<HTMLElement>) => void
  readonly onPointerLeave: () => void
  readonly onPointerDown: () => void
  readonly onFocus: (event: FocusEvent<HTMLElement>) => void
  readonly onBlur: () => void
  readonly onKeyDown: (event: KeyboardEvent) => void
  readonly 'aria-describedby': string | undefined
}

/**
 * A tooltip that costs next to nothing: until something is pointed at or focused there is nothing but its handlers, for
 * a page has dozens of them and a canvas thousands. `Tooltip` puts them on an element.
 */
export function useHint(
  label: ReactNode,
  side: HintSide = 'bottom',
): { readonly props: HintProps; readonly hint: ReactNode } {
  const id = useId()
  const [about, setAbout] = useState<DOMRect>()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const show = (target: HTMLElement): void => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => {
      // It would lie on what was opened there.
      if (!target.matches('[aria-haspopup][aria-expanded="true"]')) setAbout(target.getBoundingClientRect())
    }, DELAY_MS)
  }
  const hide = (): void => {
    clearTimeout(timer.current)
    setAbout(undefined)
  }
  return {
    props: {
      onPointerEnter: (event) => show(event.currentTarget),
      onPointerLeave: hide,
      onPointerDown: hide,
      onFocus: (event) => event.currentTarget.matches(':focus-visible') && show(event.currentTarget),
      onBlur: hide,
      onKeyDown: (event) => event.key === 'Escape' && hide(),
      'aria-describedby': about && id,
    },
    hint:
      about &&
      createPortal(
        <div
          id={id}
          role="tooltip"
          ref={(element) => {
            if (element) place(element, about, side)
          }}
          className="pointer-events-none fixed z-60 w-max max-w-80 whitespace-pre-wrap rounded-sm bg-text px-2 py-1 text-surface text-xs shadow-2"
        >
          {label}
        </div>,
        document.body,
      ),
  }
}

/** Beside what it is about, as far as the window has room; below or above it there is room on one of the two sides. */
function place(element: HTMLElement, about: DOMRect, side: HintSide): void {
  const { width, height } = element.getBoundingClientRect()
  const [middle, below] = [about.left + about.width / 2 - width / 2, about.bottom + GAP]
  const above = about.top - GAP - height
  const isBeside = side === 'left' || side === 'right'
  const left = isBeside ? (side === 'left' ? about.left - GAP - width : about.right + GAP) : middle
  const fits = below + height <= innerHeight - MARGIN
  const top = isBeside ? about.top + about.height / 2 - height / 2 : side === 'top' && above >= MARGIN ? above : below
  element.style.left = `${within(left, innerWidth - width)}px`
  element.style.top = `${within(top === below && !fits ? above : top, innerHeight - height)}px`
}

const within = (wanted: number, room: number): number => Math.max(MARGIN, Math.min(wanted, room - MARGIN))
