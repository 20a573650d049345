import { useStoreApi } from '@xyflow/react'
import { useEffect } from 'react'

/** What takes Space itself. */
const TAKERS = 'input, textarea, select, button, a, summary, [contenteditable="true"], [role="button"], [role="dialog"]'

/** While Space is held, the view is dragged from wherever the pointer is, nodes and edges too: the style sheet covers them. */
export function useSpacePan(): void {
  const store = useStoreApi()
  useEffect(() => {
    const { domNode } = store.getState()
    if (!domNode) return
    const hold = (event: KeyboardEvent): void => {
      const isTaken = event.target instanceof Element && event.target.closest(TAKERS)
      if (event.key === ' ' && !event.repeat && !isTaken) domNode.dataset.panning = ''
    }
    const release = (event: Event): void => {
      if (!(event instanceof KeyboardEvent) || event.key === ' ') delete domNode.dataset.panning
    }
    addEventListener('keydown', hold)
    addEventListener('keyup', release)
    addEventListener('blur', release)
    return () => {
      removeEventListener('keydown', hold)
      removeEventListener('keyup', release)
      removeEventListener('blur', release)
    }
  }, [store])
}
