import { useReactFlow, useStoreApi } from '@xyflow/react'
import { type MouseEvent, useMemo, useRef } from 'react'
import { useWorkspace } from '../editor-context.tsx'
import type { FlowDocument, Point } from '../model/flow-document.ts'
import { shownFlow } from '../model/frames.ts'
import { contains, type NodeSizes, overlaps, type Rect, rectOf } from './node-sizes.ts'

/** The ids of the nodes inside a rectangle of the flow. @param isTouching takes also those that are partly inside */
export function nodesInside(
  nodes: FlowDocument['nodes'],
  sizes: NodeSizes,
  area: Rect,
  isTouching: boolean,
): ReadonlySet<string> {
  const isIn = isTouching ? overlaps : contains
  return new Set(nodes.filter((node) => isIn(area, rectOf(node, sizes))).map(({ id }) => id))
}

/** Selects with a rectangle drawn while Shift is held: from the document, since few nodes of a large flow are elements. */
export function useMarquee() {
  const { editor, sizes } = useWorkspace()
  const { screenToFlowPosition } = useReactFlow()
  const store = useStoreApi()
  const from = useRef<Point | undefined>(undefined)
  return useMemo(() => {
    const placeOf = ({ clientX, clientY }: MouseEvent): Point => screenToFlowPosition({ x: clientX, y: clientY })
    return {
      onSelectionStart() {
        // Where the button went down; the first event comes a little later.
        const rect = store.getState().userSelectionRect
        from.current = rect ? { x: rect.startX, y: rect.startY } : undefined
      },
      onSelectionEnd(event: MouseEvent) {
        const start = from.current
        from.current = undefined
        if (!start) return
        const end = placeOf(event)
        const area = {
          x: Math.min(start.x, end.x),
          y: Math.min(start.y, end.y),
          width: Math.abs(start.x - end.x),
          height: Math.abs(start.y - end.y),
        }
        const nodes = nodesInside(shownFlow(editor.getDocument(), new Set()).nodes, sizes, area, event.altKey)
        // The library tells of the elements it has found after this.
        queueMicrotask(() => editor.select({ nodes }))
      },
    }
  }, [editor, sizes, screenToFlowPosition, store])
}
