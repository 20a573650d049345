import { type NodeChange, useStoreApi } from '@xyflow/react'
import { useCallback } from 'react'
import { useWorkspace } from '../editor-context.tsx'
import type { Point } from '../model/flow-document.ts'
import { withHeld } from '../model/frames.ts'
import { useRemembered } from '../remembered.ts'
import type { CanvasNode } from './canvas-nodes.ts'
import { boundsOf, overlaps, rectOf, widened } from './node-sizes.ts'
import { snapToOthers } from './smart-guides.ts'

/** Pixels of the screen. */
const REACH = 6
const NOTHING: readonly [] = []

/** Makes what is dragged stand in line with the nodes in view, and shows the lines. */
export function useSnapping(): (changes: NodeChange<CanvasNode>[]) => NodeChange<CanvasNode>[] {
  const { editor, sizes, ui } = useWorkspace()
  const store = useStoreApi()
  return useCallback(
    (changes) => {
      const dragged = new Map<string, Point>()
      for (const change of changes) {
        if (change.type === 'position' && change.position) dragged.set(change.id, change.position)
      }
      const show = (guideLines: ReturnType<typeof snapToOthers>['lines']): void => {
        if (guideLines.length + ui.getState().guideLines.length > 0) ui.setState({ guideLines })
      }
      // The drop is in line as the way there was; only the lines go.
      const isOver = changes.some((change) => change.type === 'position' && change.dragging === false)
      if (isOver) show(NOTHING)
      if (dragged.size === 0 || !useRemembered.getState().hasGuides) return changes
      const { transform, width, height } = store.getState()
      const [x, y, zoom] = transform
      const view = widened({ x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom }, 0)
      const document = editor.getDocument()
      const { nodes } = document
      // What a frame takes along moves with it.
      const moving = withHeld(document, new Set(dragged.keys()))
      const box = boundsOf(
        nodes.flatMap((node) => {
          const position = dragged.get(node.id)
          return position ? [{ ...node, position }] : []
        }),
        sizes,
      )
      if (!box) return changes
      const others = nodes.flatMap((node) => {
        const rect = rectOf(node, sizes)
        return !moving.has(node.id) && overlaps(rect, view) ? [rect] : []
      })
      const { by, lines } = snapToOthers(box, others, REACH / zoom)
      if (!isOver) show(lines)
      if (by.x === 0 && by.y === 0) return changes
      return changes.map((change) =>
        change.type === 'position' && change.position
          ? { ...change, position: { x: change.position.x + by.x, y: change.position.y + by.y } }
          : change,
      )
    },
    [editor, sizes, ui, store],
  )
}
