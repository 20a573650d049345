import { useStoreApi } from '@xyflow/react'
import { useEffect } from 'react'

/** So long after it last moved, a view is at rest. */
const REST_MS = 200

/** Marks the canvas while its view moves, and while it is zoomed, for what had better wait (styles.css). */
export function useMotionMark(): void {
  const store = useStoreApi()
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let last = 0
    /** One timer for a whole movement, not one for each frame. */
    const rest = (): void => {
      const left = last + REST_MS - performance.now()
      timer = left > 0 ? setTimeout(rest, left) : undefined
      if (left > 0) return
      store.getState().domNode?.removeAttribute('data-moving')
      store.getState().domNode?.removeAttribute('data-zooming')
    }
    const stop = store.subscribe(({ transform, domNode }, before) => {
      if (transform === before.transform) return
      last = performance.now()
      if (transform[2] !== before.transform[2]) domNode?.setAttribute('data-zooming', '')
      if (timer !== undefined) return
      domNode?.setAttribute('data-moving', '')
      timer = setTimeout(rest, REST_MS)
    })
    return () => {
      stop()
      clearTimeout(timer)
    }
  }, [store])
}

/** Whether the view has just been moved. */
export const isMoving = (canvas: Element | null): boolean => canvas?.hasAttribute('data-moving') === true

/** Whether the user wants things to be where they go at once. */
export const prefersStill = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches
