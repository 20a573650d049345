import type { Point } from '../model/flow-document.ts'
import type { Command } from './command.ts'

/** Puts nodes somewhere else. */
export const moveNodes: Command<{ readonly positions: ReadonlyMap<string, Point> }> = {
  id: 'move-nodes',
  apply(document, { positions }) {
    const isMoved = document.nodes.some(({ id, position }) => {
      const to = positions.get(id)
      return to !== undefined && (to.x !== position.x || to.y !== position.y)
    })
    if (!isMoved) return document
    return {
      ...document,
      nodes: document.nodes.map((node) => {
        const position = positions.get(node.id)
        return position ? { ...node, position } : node
      }),
    }
  },
}
