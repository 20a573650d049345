import { Graph, layout } from '@dagrejs/dagre'
import type { FlowDocument, Point } from '../model/flow-document.ts'
import { isNote } from '../model/flow-document.ts'
import type { NodeSizes } from './node-sizes.ts'

const GRID = 8

/**
 * Places for the nodes in layers from left to right, near where they were.
 * @param chosen only these; all components unless given. Notes stay where they are.
 */
export function tidied(
  document: FlowDocument,
  sizes: NodeSizes,
  chosen?: ReadonlySet<string>,
): ReadonlyMap<string, Point> {
  const nodes = document.nodes.filter((node) => !isNote(node) && (chosen?.has(node.id) ?? true))
  if (nodes.length === 0) return new Map()
  const graph = new Graph().setGraph({ rankdir: 'LR', nodesep: 48, ranksep: 96 }).setDefaultEdgeLabel(() => ({}))
  for (const node of nodes) graph.setNode(node.id, { ...sizes.of(node) })
  for (const { source, target } of document.edges) {
    if (graph.hasNode(source) && graph.hasNode(target)) graph.setEdge(source, target)
  }
  layout(graph)
  const placed = nodes.map(({ id }) => {
    const { x, y, width, height } = graph.node(id)
    return { id, x: x - width / 2, y: y - height / 2 }
  })
  const before = {
    x: Math.min(...nodes.map(({ position }) => position.x)),
    y: Math.min(...nodes.map(({ position }) => position.y)),
  }
  const after = { x: Math.min(...placed.map(({ x }) => x)), y: Math.min(...placed.map(({ y }) => y)) }
  const onGrid = (value: number): number => Math.round(value / GRID) * GRID
  return new Map(
    placed.map(({ id, x, y }) => [id, { x: onGrid(x - after.x + before.x), y: onGrid(y - after.y + before.y) }]),
  )
}
