import { useStoreApi } from '@xyflow/react'
import { useEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { useWorkspace } from '../editor-context.tsx'
import type { ShownFlow } from '../model/frames.ts'
import { nextDrawn, type Plan, planOf } from './drawn-plan.ts'
import { isMoving } from './motion.ts'
import { type NodeSizes, overlaps, type Rect, rectOf } from './node-sizes.ts'

/** Up to this many nodes, all are elements of the page. */
const FEW = 60

/** Whether only those nodes of a flow are elements that are in and around the view. */
export const isLarge = ({ nodes }: ShownFlow): boolean => nodes.length > FEW

/** Of a frame's 16 ms, so much may go into making elements: little while the view moves. */
const BUDGET_MS = { moving: 4, resting: 10 }
const MOST_PER_FRAME = 6

const NONE: ReadonlySet<string> = new Set()

/**
 * Which nodes are elements of the page: undefined of a small flow, all are; of a large one those in and around the
 * view. Thousands of elements are what makes a browser slow, not thousands of nodes; the others are drawn by `Overview`.
 */
export function useDrawnNodes(document: ShownFlow, sizes: NodeSizes): ReadonlySet<string> | undefined {
  const store = useStoreApi()
  const { editor } = useWorkspace()
  const isPart = isLarge(document)
  const [drawn, setDrawn] = useState<ReadonlySet<string>>(NONE)
  const current = useRef(drawn)
  /** What making one element takes here, in milliseconds: learned, and never trusted to be little for long. */
  const cost = useRef(BUDGET_MS.moving)

  useEffect(() => {
    if (!isPart) return
    let hovered: string | undefined
    let plan: Plan | undefined
    let frame = 0
    const { domNode } = store.getState()
    const viewNow = (): Rect => {
      const { transform, width, height } = store.getState()
      const [x, y, zoom] = transform
      return { x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom }
    }

    const step = (): void => {
      frame = 0
      const moves = isMoving(domNode)
      const selected = editor.store.getState().selection.nodes
      plan = planOf(document, sizes, { view: viewNow(), hovered, selected }, plan)
      const budget = moves ? BUDGET_MS.moving : BUDGET_MS.resting
      const room = Math.min(MOST_PER_FRAME, Math.max(1, Math.floor(budget / cost.current)))
      const next = nextDrawn(current.current, plan, { room, isMoving: moves })
      if (next !== current.current) {
        const made = next.size - current.current.size
        current.current = next
        const begun = performance.now()
        flushSync(() => setDrawn(next))
        if (made > 0) cost.current = (cost.current + (performance.now() - begun) / made) / 2
        later()
      } else if (moves) later()
    }
    const later = (): void => {
      frame ||= requestAnimationFrame(step)
    }
    const onMove = (event: PointerEvent): void => {
      if (event.buttons !== 0 || !domNode) return
      const [x, y, zoom] = store.getState().transform
      const box = domNode.getBoundingClientRect()
      const at = {
        x: (event.clientX - box.x - x) / zoom,
        y: (event.clientY - box.y - y) / zoom,
        width: 0.1,
        height: 0.1,
      }
      const found = document.nodes.findLast((node) => overlaps(rectOf(node, sizes), at))
      if (found?.id === hovered) return
      hovered = found?.id
      later()
    }
    later()
    const stopView = store.subscribe((state, before) => {
      if (state.transform !== before.transform || state.width !== before.width) later()
    })
    const stopSelection = editor.store.subscribe((state, before) => {
      if (state.selection !== before.selection) later()
    })
    domNode?.addEventListener('pointermove', onMove)
    return () => {
      cancelAnimationFrame(frame)
      stopView()
      stopSelection()
      domNode?.removeEventListener('pointermove', onMove)
    }
  }, [document, isPart, sizes, store, editor])
  return isPart ? drawn : undefined
}
