import { type RefObject, useEffect } from 'react'

/** Keeps toasts off what one is writing in: beside it where it stands at the side of the page, else above it. */
export function useToastsClearOf(box: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const { style } = document.documentElement
    const place = (): void => {
      const { left, top, width } = box.current?.getBoundingClientRect() ?? new DOMRect()
      const isAside = width < innerWidth / 2
      style.setProperty('--toast-right', isAside ? `${innerWidth - left}px` : '0px')
      style.setProperty('--toast-bottom', isAside ? '0px' : `${innerHeight - top}px`)
    }
    const watch = new ResizeObserver(place)
    if (box.current) watch.observe(box.current)
    return () => {
      watch.disconnect()
      style.removeProperty('--toast-right')
      style.removeProperty('--toast-bottom')
    }
  }, [box])
}
