import { useReactFlow, useStoreApi } from '@xyflow/react'
import { memo, type PointerEvent, type ReactNode, useEffect, useReducer, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useCatalogue, useEditorState, useRunState, useWorkspace } from '../editor-context.tsx'
import { useFromFlow } from '../from-flow.ts'
import { isNote } from '../model/flow-document.ts'
import { shownFlow } from '../model/frames.ts'
import { categoryColor } from './category-color.ts'
import { around, type Rect, rectOf, widened } from './node-sizes.ts'

const SIZE = { width: 200, height: 140 }

/** A node as the picture has it: nothing of what is in its fields. */
interface Spot extends Rect {
  readonly id: string
  /** What it is; undefined of notes. */
  readonly type: string | undefined
}

/** Compared by hand: of a thousand nodes, with every key that is typed. */
const sameSpots = (one: readonly Spot[], other: readonly Spot[]): boolean =>
  one.length === other.length &&
  one.every((a, index) => {
    const b = other[index]
    const isThere = a.x === b?.x && a.y === b.y && a.width === b.width && a.height === b.height
    return isThere && a.id === b.id && a.type === b.type
  })

/**
 * The flow in small: a colour for each category, a mark for how each node's last run ended, and what the canvas shows.
 * The canvas around it is drawn with every key that is typed into a node; this is not.
 */
export const Minimap = memo(function Minimap(): ReactNode {
  const { t } = useTranslation('editor')
  const { sizes } = useWorkspace()
  const catalogue = useCatalogue()
  const flow = useReactFlow()
  const store = useStoreApi()
  const selected = useEditorState((state) => state.selection.nodes)
  const spots = useFromFlow(
    (document) =>
      shownFlow(document, selected).nodes.map(
        (node): Spot => ({ id: node.id, type: isNote(node) ? undefined : node.data.type, ...rectOf(node, sizes) }),
      ),
    sameSpots,
  )
  const runs = useRunState((state) => state.nodes)
  const picture = useRef<HTMLCanvasElement>(null)
  const frame = useRef<HTMLDivElement>(null)
  /** What the picture shows, in units of the flow. */
  const shown = useRef<Rect>({ x: 0, y: 0, ...SIZE })

  const [, draw] = useReducer((times: number) => times + 1, 0)
  // Many nodes are measured at once, and some time after they have changed.
  useEffect(() => {
    let frame = 0
    const stop = sizes.watch(() => {
      cancelAnimationFrame(frame)
      frame = requestAnimationFrame(draw)
    })
    return () => {
      stop()
      cancelAnimationFrame(frame)
    }
  }, [sizes])

  useEffect(() => {
    const canvas = picture.current
    const context = canvas?.getContext('2d')
    if (!canvas || !context) return
    const area = fitted(widened(around(spots) ?? { x: 0, y: 0, ...SIZE }, 0.05))
    shown.current = area
    const dense = globalThis.devicePixelRatio || 1
    canvas.width = SIZE.width * dense
    canvas.height = SIZE.height * dense
    const scale = (SIZE.width / area.width) * dense
    const styles = getComputedStyle(canvas)
    const status = { failed: '--danger', done: '--success', running: '--info', queued: '--info' } as const
    context.setTransform(scale, 0, 0, scale, -area.x * scale, -area.y * scale)
    for (const { id, type, x, y, width, height } of spots) {
      context.fillStyle = type === undefined ? styles.getPropertyValue('--warning-soft') : colorOf(type)
      context.fillRect(x, y, width, height)
      const mark = Object.entries(status).find(([kind]) => kind === runs.get(id)?.status)?.[1]
      if (!mark) continue
      context.fillStyle = styles.getPropertyValue(mark)
      context.beginPath()
      context.arc(x + width, y, (5 * dense) / scale, 0, 2 * Math.PI)
      context.fill()
    }

    function colorOf(type: string): string {
      const category = catalogue.find(type)?.category ?? ''
      return category === '' ? styles.getPropertyValue('--border-strong') : categoryColor(category)
    }
  })

  // Beside React: it changes with every frame of a moving view. After every drawing too, which may be of another area.
  useEffect(() => {
    const place = (): void => {
      const { transform, width, height } = store.getState()
      const [x, y, zoom] = transform
      const area = shown.current
      const scale = SIZE.width / area.width
      if (!frame.current) return
      frame.current.style.transform = `translate(${(-x / zoom - area.x) * scale}px, ${(-y / zoom - area.y) * scale}px)`
      frame.current.style.width = `${(width / zoom) * scale}px`
      frame.current.style.height = `${(height / zoom) * scale}px`
    }
    place()
    return store.subscribe(place)
  })

  function jump(event: PointerEvent<HTMLElement>): void {
    if (event.buttons === 0) return
    const box = event.currentTarget.getBoundingClientRect()
    const area = shown.current
    const x = area.x + ((event.clientX - box.x) / box.width) * area.width
    const y = area.y + ((event.clientY - box.y) / box.height) * area.height
    void flow.setCenter(x, y, { zoom: flow.getZoom() })
  }
  return (
    <div
      role="img"
      aria-label={t('canvas.minimap')}
      data-testid="minimap"
      className="nopan absolute right-3 bottom-14 z-10 cursor-pointer @max-sm:bottom-25 touch-none overflow-hidden rounded-md border border-border bg-surface shadow-1"
      style={SIZE}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        jump(event)
      }}
      onPointerMove={jump}
    >
      <canvas ref={picture} className="size-full" />
      <div ref={frame} className="absolute top-0 left-0 rounded-sm border-2 border-accent bg-accent/10" />
    </div>
  )
})

/** A rectangle made as wide or as high as the picture's sides ask for, its middle kept. */
function fitted({ x, y, width, height }: Rect): Rect {
  const scale = Math.max(width / SIZE.width, height / SIZE.height)
  const [wide, high] = [SIZE.width * scale, SIZE.height * scale]
  return { x: x - (wide - width) / 2, y: y - (high - height) / 2, width: wide, height: high }
}
