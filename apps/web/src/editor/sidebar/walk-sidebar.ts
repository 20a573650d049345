import type { KeyboardEvent } from 'react'
import { isComposing } from '../../ui/input.tsx'

/**
 * Up and down go from the search through all that can be opened or added; right opens a category, left closes it.
 * What they stop at is marked with `data-sidebar-stop`.
 */
export function walkSidebar(event: KeyboardEvent<HTMLElement>): void {
  const { target, currentTarget, key } = event
  if (!(target instanceof HTMLElement) || isComposing(event)) return
  const stops = [...currentTarget.querySelectorAll<HTMLElement>('[data-sidebar-stop]')]
  const at = stops.indexOf(target)
  if (at < 0) return
  const expanded = target.getAttribute('aria-expanded')
  if ((key === 'ArrowRight' && expanded === 'false') || (key === 'ArrowLeft' && expanded === 'true')) {
    event.preventDefault()
    target.click()
    return
  }
  const next = key === 'ArrowDown' ? at + 1 : key === 'ArrowUp' ? at - 1 : -1
  if (next < 0 || next >= stops.length) return
  event.preventDefault()
  stops[next]?.focus()
}
