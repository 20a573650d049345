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
 * A tooltip for what there may be thousands of, as on a canvas: until something is pointed at or focused there is
 * nothing but its handlers. Elsewhere see `Tooltip`.
 */
export function useHint(label: ReactNode): { readonly props: HintProps; readonly hint: ReactNode } {
  const id = useId()
  const [at, setAt] = useState<{ readonly x: number; readonly y: number }>()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const show = (target: HTMLElement): void => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => {
      const box = target.getBoundingClientRect()
      setAt({ x: box.left + box.width / 2, y: box.bottom + GAP })
    }, DELAY_MS)
  }
  const hide = (): void => {
    clearTimeout(timer.current)
    setAt(undefined)
  }
  return {
    props: {
      onPointerEnter: (event) => show(event.currentTarget),
      onPointerLeave: hide,
      onPointerDown: hide,
      onFocus: (event) => event.currentTarget.matches(':focus-visible') && show(event.currentTarget),
      onBlur: hide,
      onKeyDown: (event) => event.key === 'Escape' && hide(),
      'aria-describedby': at && id,
    },
    hint:
      at &&
      createPortal(
        <div
          id={id}
          role="tooltip"
          ref={(element) => {
            if (element) keepInside(element, at.x)
          }}
          style={{ top: at.y }}
          className="pointer-events-none fixed z-60 w-max max-w-80 whitespace-pre-wrap rounded-sm bg-text px-2 py-1 text-surface text-xs shadow-2"
        >
          {label}
        </div>,
        document.body,
      ),
  }
}

/** Under the middle of what it is about, as far as the window has room. */
function keepInside(element: HTMLElement, middle: number): void {
  const { width, height, top } = element.getBoundingClientRect()
  element.style.left = `${Math.min(Math.max(MARGIN, middle - width / 2), innerWidth - width - MARGIN)}px`
  if (top + height > innerHeight - MARGIN) element.style.top = `${Math.max(MARGIN, innerHeight - height - MARGIN)}px`
}
