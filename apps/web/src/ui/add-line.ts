import { flushSync } from 'react-dom'

/**
 * Adds a line to a list of inputs and puts the caret into it.
 * @param button what was pressed, within the element that is marked `data-lines`; its lines are `data-line`
 */
export function addLine(button: HTMLElement, add: () => void): void {
  const list = button.closest('[data-lines]')
  // The line has to be there to take the focus.
  flushSync(add)
  const lines = list?.querySelectorAll('[data-line]') ?? []
  lines[lines.length - 1]?.querySelector('input')?.focus()
}
