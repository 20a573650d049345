import { useReactFlow, useStoreApi } from '@xyflow/react'
import { useEffect } from 'react'

/** What a wheel turns by, in the units browsers tell it in beside pixels. */
const NOTCH = 120

/** Whether a wheel was turned, rather than two fingers moved: a wheel goes up and down in whole notches. */
export function isWheel(
  event: Pick<WheelEvent, 'deltaX' | 'deltaY' | 'deltaMode'> & { readonly wheelDeltaY?: number },
) {
  if (event.deltaX !== 0) return false
  if (event.deltaMode !== 0) return true
  return Number.isInteger(event.deltaY) && (event.wheelDeltaY ?? 0) % NOTCH === 0
}

/** Two fingers move the view; a wheel and a pinch, which says Ctrl, zoom it as the library has it. */
export function useScrollPan(): void {
  const flow = useReactFlow()
  const store = useStoreApi()
  useEffect(() => {
    const { domNode } = store.getState()
    const onWheel = (event: WheelEvent): void => {
      if (event.ctrlKey || event.metaKey || isWheel(event)) return
      if (!(event.target instanceof Element) || event.target.closest('.nowheel')) return
      if (!event.target.closest('.react-flow__renderer')) return
      event.preventDefault()
      event.stopPropagation()
      const { x, y, zoom } = flow.getViewport()
      void flow.setViewport({ x: x - event.deltaX, y: y - event.deltaY, zoom })
    }
    domNode?.addEventListener('wheel', onWheel, { capture: true, passive: false })
    return () => domNode?.removeEventListener('wheel', onWheel, { capture: true })
  }, [flow, store])
}
