import { boundsOf } from '../canvas/node-sizes.ts'
import { addFrame } from '../commands/add-frame.ts'
import { newFrame } from '../commands/new-node.ts'
import { remove } from '../commands/remove.ts'
import type { Workspace } from '../editor-context.tsx'
import { nodeOf, type Point } from '../model/flow-document.ts'
import { FRAME_HEAD, heldBy } from '../model/frames.ts'

/** Between a frame and what it is put around, in units of the canvas. */
const ROOM = 32
const EMPTY = { width: 640, height: 400 }

/** Puts a frame around what is selected, or an empty one at a point, and asks for its title. */
export function frameSelection({ editor, ui, sizes }: Workspace, title: string, at: Point): void {
  const { document, selection } = editor.store.getState()
  const bounds = boundsOf(
    document.nodes.filter(({ id }) => selection.nodes.has(id)),
    sizes,
  )
  const rect = bounds
    ? {
        x: bounds.x - ROOM,
        y: bounds.y - ROOM - FRAME_HEAD.height,
        width: bounds.width + 2 * ROOM,
        height: bounds.height + 2 * ROOM + FRAME_HEAD.height,
      }
    : { x: at.x - EMPTY.width / 2, y: at.y - EMPTY.height / 2, ...EMPTY }
  const frame = newFrame({ title, rect: rounded(rect) })
  if (!editor.apply(addFrame, { frame })) return
  editor.select({ nodes: new Set([frame.id]), edges: new Set() })
  ui.setState({ nodePanel: { nodeId: frame.id, panel: 'rename' } })
}

/** Deletes a frame with everything in it. */
export function removeWithHeld({ editor }: Workspace, frameId: string): void {
  const document = editor.getDocument()
  const frame = nodeOf(document, frameId)
  if (!frame) return
  editor.apply(remove, { nodes: new Set([frameId, ...heldBy(document, frame)]), edges: new Set<string>() })
}

const rounded = <Rect extends Readonly<Record<'x' | 'y' | 'width' | 'height', number>>>(rect: Rect) => ({
  x: Math.round(rect.x),
  y: Math.round(rect.y),
  width: Math.round(rect.width),
  height: Math.round(rect.height),
})
