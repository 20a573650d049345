import { useEffect } from 'react'

const PRODUCT = 'Runnel'

/** Names the page in the tab of the browser, and to who hears it opened, until it is left. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = [title.trim(), PRODUCT].filter(Boolean).join(' – ')
    return () => {
      document.title = PRODUCT
    }
  }, [title])
}
