import { useStoreApi } from '@xyflow/react'
import { type ReactNode, useEffect, useRef } from 'react'

/** Between dots, in units of the flow; a tile of the picture (styles.css) is as large. */
const GAP = 16
/** From afar dots stand at twice the distance, and so on, so that they are never closer on the screen. */
const CLOSEST_PX = 12

/** The dots behind the flow: one picture that is moved and scaled, not drawn anew for each view. */
export function Dots(): ReactNode {
  const store = useStoreApi()
  const picture = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const place = ([x, y, zoom]: readonly [number, number, number]): void => {
      const scale = zoom * 2 ** Math.max(0, Math.ceil(Math.log2(CLOSEST_PX / (GAP * zoom))))
      const tile = GAP * scale
      // Whole pixels are copied, parts of them have to be worked out.
      const [left, top] = [Math.round(before(x, tile)), Math.round(before(y, tile))]
      if (picture.current) picture.current.style.transform = `translate(${left}px, ${top}px) scale(${scale})`
    }
    place(store.getState().transform)
    return store.subscribe((state, previous) => {
      if (state.transform !== previous.transform) place(state.transform)
    })
  }, [store])
  return (
    <div aria-hidden="true" className="pointer-events-none absolute inset-0 -z-1 overflow-hidden">
      <div ref={picture} className="canvas-dots" />
    </div>
  )
}

/** Where the last tile begins that begins before the view does. */
const before = (offset: number, tile: number): number => (offset % tile) - (offset % tile > 0 ? tile : 0)
