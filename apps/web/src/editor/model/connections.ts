import type { FlowEdge } from './flow-document.ts'
import { canvasHandles, handleName } from './handles.ts'

interface Ends {
  readonly fields: Map<string, Set<string>>
  readonly outputs: Map<string, Set<string>>
}

const known = new WeakMap<readonly FlowEdge[], { readonly fields: Names; readonly outputs: Names }>()

/** Names joined by line ends, so that a node is drawn anew only when they are others. */
type Names = ReadonlyMap<string, string>

/** Which fields and outputs of each node have edges; worked out once for each list of edges. */
export function connectionsOf(edges: readonly FlowEdge[]): { readonly fields: Names; readonly outputs: Names } {
  const found = known.get(edges)
  if (found) return found
  const ends: Ends = { fields: new Map(), outputs: new Map() }
  for (const edge of edges) {
    const { source, target } = canvasHandles(edge)
    if (source) add(ends.outputs, edge.source, handleName(source))
    // The feedback of a loop enters an output.
    if (target) add(target.startsWith('loop:') ? ends.outputs : ends.fields, edge.target, handleName(target))
  }
  const made = { fields: joined(ends.fields), outputs: joined(ends.outputs) }
  known.set(edges, made)
  return made
}

function add(map: Map<string, Set<string>>, nodeId: string, name: string): void {
  const names = map.get(nodeId)
  if (names) names.add(name)
  else map.set(nodeId, new Set([name]))
}

const joined = (map: ReadonlyMap<string, ReadonlySet<string>>): Names =>
  new Map([...map].map(([id, names]) => [id, [...names].sort().join('\n')]))

const counted = new WeakMap<readonly FlowEdge[], ReadonlyMap<string, number>>()

/** How many edges each handle of a node has, by `NODE HANDLE`; worked out once for each list of edges. */
export function edgeCounts(edges: readonly FlowEdge[]): ReadonlyMap<string, number> {
  const found = counted.get(edges)
  if (found) return found
  const made = new Map<string, number>()
  for (const edge of edges) {
    const { source, target } = canvasHandles(edge)
    for (const end of [`${edge.source} ${source}`, `${edge.target} ${target}`]) made.set(end, (made.get(end) ?? 0) + 1)
  }
  counted.set(edges, made)
  return made
}

const byNode = new WeakMap<readonly FlowEdge[], ReadonlyMap<string, readonly FlowEdge[]>>()

/** The edges at each node, leaving or entering; worked out once for each list of edges. */
export function edgesByNode(edges: readonly FlowEdge[]): ReadonlyMap<string, readonly FlowEdge[]> {
  const found = byNode.get(edges)
  if (found) return found
  const made = new Map<string, FlowEdge[]>()
  for (const edge of edges) {
    for (const end of new Set([edge.source, edge.target])) {
      const list = made.get(end)
      if (list) list.push(edge)
      else made.set(end, [edge])
    }
  }
  byNode.set(edges, made)
  return made
}
