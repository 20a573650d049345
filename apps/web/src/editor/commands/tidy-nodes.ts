import type { FlowNode } from '../model/flow-document.ts'
import { isFolded, isFrame } from '../model/frames.ts'
import type { Tidied } from '../tidy/tidied.ts'
import type { Command } from './command.ts'
import { moveNodes } from './move-nodes.ts'

/** Puts nodes where they are in order, and makes frames as large as what stands in them asks for. */
export const tidyNodes: Command<{ readonly places: Tidied }> = {
  id: 'tidy-nodes',
  apply(document, { places }) {
    const moved = moveNodes.apply(document, { positions: places })
    const isResized = (node: FlowNode): boolean => {
      const place = places.get(node.id)
      if (!place || !isFrame(node) || isFolded(node)) return false
      return place.width !== node.width || place.height !== node.height
    }
    if (!moved.nodes.some(isResized)) return moved
    return {
      ...moved,
      nodes: moved.nodes.map((node) => (isResized(node) ? { ...node, ...sizeOf(places, node) } : node)),
    }
  },
}

function sizeOf(places: Tidied, { id }: FlowNode): Pick<FlowNode, 'width' | 'height'> {
  const place = places.get(id)
  return place ? { width: place.width, height: place.height } : {}
}
