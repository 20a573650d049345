import { useCallback, useSyncExternalStore } from 'react'

/** Whether the window is so narrow that a page is one column and what stands beside it opens over it. */
export const NARROW = '(width < 40rem)'
/** Whether the window has no room for a canvas, and shows the flow as a list. */
export const WITHOUT_CANVAS = '(width < 48rem)'

/** Whether a media query holds, as it changes. */
export function useMedia(query: string): boolean {
  const follow = useCallback(
    (changed: () => void) => {
      const media = matchMedia(query)
      media.addEventListener('change', changed)
      return () => media.removeEventListener('change', changed)
    },
    [query],
  )
  return useSyncExternalStore(follow, () => matchMedia(query).matches)
}
