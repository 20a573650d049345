import type { Viewport } from '@xyflow/react'
import type { Workspace } from '../editor-context.tsx'
import { boundsOf, type Rect, type Size } from './node-sizes.ts'

const ROOM = 0.06
const [SMALLEST, LARGEST] = [0.02, 1]

/** The view that shows a part of the flow in the middle of the canvas, not larger than it is. */
export function viewOf(part: Rect, canvas: Size): Viewport {
  const share = 1 - 2 * ROOM
  const fitting = Math.min((canvas.width * share) / part.width, (canvas.height * share) / part.height)
  const zoom = Math.min(LARGEST, Math.max(SMALLEST, fitting))
  return {
    x: (canvas.width - part.width * zoom) / 2 - part.x * zoom,
    y: (canvas.height - part.height * zoom) / 2 - part.y * zoom,
    zoom,
  }
}

/** The view of the whole flow. */
export function viewOfAll({ editor, sizes }: Pick<Workspace, 'editor' | 'sizes'>, canvas: Size): Viewport {
  const bounds = boundsOf(editor.getDocument().nodes, sizes)
  return bounds ? viewOf(bounds, canvas) : { x: 0, y: 0, zoom: 1 }
}
