import { sourceOf, targetOf } from './compatibility.ts'
import type { FlowDocument, FlowEdge } from './flow-document.ts'
import { canvasHandles } from './handles.ts'

/**
 * Edges the canvas cannot draw, since a node or a handle they name is not there. They stay in the file. The
 * edges of a group belong to its inner nodes and are not looked at.
 */
export function lostEdgesOf({ nodes, edges }: FlowDocument): readonly FlowEdge[] {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  return edges.filter((edge) => {
    const [from, to] = [byId.get(edge.source), byId.get(edge.target)]
    if (!from || !to) return true
    const { source, target } = canvasHandles(edge)
    const hasSource = from.data.node.flow !== undefined || sourceOf(from, source) !== undefined
    const hasTarget = to.data.node.flow !== undefined || targetOf(to, target) !== undefined
    return !hasSource || !hasTarget
  })
}
