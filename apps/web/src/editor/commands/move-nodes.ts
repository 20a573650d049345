import type { FlowDocument, Point } from '../model/flow-document.ts'
import { framesOf, heldBy } from '../model/frames.ts'
import type { Command } from './command.ts'

/** Puts nodes somewhere else. A frame takes along what stands in it and is not put anywhere itself. */
export const moveNodes: Command<{ readonly positions: ReadonlyMap<string, Point> }> = {
  id: 'move-nodes',
  apply(document, { positions: given }) {
    const positions = withContents(document, given)
    const isMoved = document.nodes.some(({ id, position }) => {
      const to = positions.get(id)
      return to !== undefined && (to.x !== position.x || to.y !== position.y)
    })
    if (!isMoved) return document
    return {
      ...document,
      nodes: document.nodes.map((node) => {
        const position = positions.get(node.id)
        return position ? { ...node, position: { x: position.x, y: position.y } } : node
      }),
    }
  },
}

function withContents(document: FlowDocument, positions: ReadonlyMap<string, Point>): ReadonlyMap<string, Point> {
  const frames = framesOf(document).filter(({ id }) => positions.has(id))
  if (frames.length === 0) return positions
  // What stands in a frame in a frame goes with the inner one.
  const moved = frames
    .map((frame) => ({ frame, held: heldBy(document, frame) }))
    .toSorted((one, other) => one.held.size - other.held.size)
  const all = new Map(positions)
  const places = new Map(document.nodes.map(({ id, position }) => [id, position]))
  for (const { frame, held } of moved) {
    const to = positions.get(frame.id) ?? frame.position
    const [x, y] = [to.x - frame.position.x, to.y - frame.position.y]
    for (const id of held) {
      const from = places.get(id)
      if (from && !all.has(id)) all.set(id, { x: from.x + x, y: from.y + y })
    }
  }
  return all
}
