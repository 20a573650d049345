import type { FlowEdge, FlowNode, Point } from './flow-document.ts'

/** Between the left sides of columns, and the tops of rows: more than most nodes take. */
const COLUMN = 420
const ROW = 440

/**
 * Gives places to nodes of a file that says none, as programs write them: in columns, each node to the right of what
 * feeds it, below those that have a place.
 */
export function placed(nodes: readonly FlowNode[], edges: readonly FlowEdge[]): readonly FlowNode[] {
  const lost = nodes.filter((node) => !hasPlace(node))
  if (lost.length === 0) return nodes
  const top = Math.max(0, ...nodes.filter(hasPlace).map(({ position }) => position.y + ROW))
  const columns = columnsOf(lost, edges)
  const places = new Map<string, Point>()
  const filled = new Map<number, number>()
  for (const { id } of lost) {
    const column = columns.get(id) ?? 0
    const row = filled.get(column) ?? 0
    filled.set(column, row + 1)
    places.set(id, { x: column * COLUMN, y: top + row * ROW })
  }
  return nodes.map((node) => {
    const position = places.get(node.id)
    return position ? { ...node, position } : node
  })
}

/** A file says what it likes. */
function hasPlace({ position }: { readonly position?: unknown }): boolean {
  if (typeof position !== 'object' || position === null) return false
  return 'x' in position && Number.isFinite(position.x) && 'y' in position && Number.isFinite(position.y)
}

/** How many nodes lie on the longest way to each; where a loop closes it is cut. */
function columnsOf(nodes: readonly FlowNode[], edges: readonly FlowEdge[]): ReadonlyMap<string, number> {
  const before = Map.groupBy(edges, ({ target }) => target)
  const known = new Map<string, number>()
  const open = new Set<string>()
  const isLost = new Set(nodes.map(({ id }) => id))
  const columnOf = (id: string): number => {
    const found = known.get(id)
    if (found !== undefined) return found
    open.add(id)
    const sources = (before.get(id) ?? [])
      .map(({ source }) => source)
      .filter((one) => isLost.has(one) && !open.has(one))
    const column = Math.max(-1, ...sources.map(columnOf)) + 1
    open.delete(id)
    known.set(id, column)
    return column
  }
  for (const { id } of nodes) columnOf(id)
  return known
}
