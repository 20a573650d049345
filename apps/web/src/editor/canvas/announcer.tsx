import type { ReactNode } from 'react'
import { create } from 'zustand'

const useAnnounced = create<{ readonly text: string }>(() => ({ text: '' }))

const PAUSE_MS = 700
let last = 0
let waiting: ReturnType<typeof setTimeout> | undefined

/** Says something to a screen reader: at most one thing in 0.7 s, the newest (D-13). */
export function announce(text: string): void {
  clearTimeout(waiting)
  const rest = last + PAUSE_MS - Date.now()
  waiting = setTimeout(
    () => {
      last = Date.now()
      useAnnounced.setState({ text })
    },
    Math.max(0, rest),
  )
}

/** Where announcements are spoken from; once, in the workspace. */
export const Announcer = (): ReactNode => (
  <p aria-live="polite" className="sr-only" data-testid="announcer">
    {useAnnounced(({ text }) => text)}
  </p>
)
