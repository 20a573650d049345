import { useState } from 'react'

/** What a dialog does as it closes: gives the focus back to who had it when the dialog opened. */
export function useReturnFocus(isOpen: boolean): (closing: Event) => void {
  const [wasOpen, setWasOpen] = useState(false)
  const [before, setBefore] = useState<Element | null>(null)
  if (isOpen !== wasOpen) {
    setWasOpen(isOpen)
    // Read as it is drawn: what it holds may take the focus as soon as it is there.
    if (isOpen) setBefore(document.activeElement)
  }
  return (closing) => {
    closing.preventDefault()
    // What was chosen in it may have taken the focus elsewhere.
    if (document.activeElement !== document.body) return
    // A canvas would scroll.
    returnPlace(before)?.focus({ preventScroll: true })
  }
}

/** A menu that was chosen from is gone: what opened it is meant. */
function returnPlace(element: Element | null): HTMLElement | undefined {
  const menu = element?.closest('[role="menu"]')
  const place = menu ? document.getElementById(menu.getAttribute('aria-labelledby') ?? '') : element
  return place instanceof HTMLElement && place.isConnected ? place : undefined
}
