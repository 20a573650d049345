import type { Graph, GraphField, GraphNode } from './graph.ts'
import { selectionOf } from './run-flow.ts'
import type { RunRequest } from './run-scope.ts'
import { joinedTo } from './selection.ts'

/** A field of a node that has no value but that of a variable. */
export interface NeededVariable {
  readonly node: GraphNode
  readonly field: GraphField
  readonly variable: string
}

/**
 * The variables without which nodes of this run fail, in the order of the file. Those of nodes that will not run, that
 * an edge or the run itself stands in for, or that a node knows how to do without are left out.
 * @throws AppError of a range that does not fit the flow.
 */
export function neededVariables(graph: Graph, request: RunRequest): readonly NeededVariable[] {
  const { keep, first } = selectionOf(graph, request)
  // Others of the run may wake them, although no edge leads there.
  const listeners = graph.nodes.flatMap(({ component, index }) => (component?.listensTo === undefined ? [] : [index]))
  const reached = joinedTo(graph.topology, keep, [...first, ...listeners.filter((index) => keep[index])])
  return graph.nodes
    .filter((node) => reached.has(node.index) && runs(node, request))
    .flatMap((node) => neededBy(node, request))
}

/** Unfinished, switched off and pinned nodes resolve no fields; a frozen one may not. */
const runs = (node: GraphNode, { usePins }: RunRequest): boolean =>
  node.component !== undefined && node.disabled === undefined && !node.frozen && !(usePins && node.pinned.size > 0)

function neededBy(node: GraphNode, { overlay, inputValues }: RunRequest): readonly NeededVariable[] {
  // A node that chooses its model looks the provider's own variable up itself.
  if (node.fields.some(({ coercion }) => coercion === 'model')) return []
  return node.fields.flatMap((stored) => {
    const field = overlay.get(node.index)?.get(stored.name) ?? stored
    const { variable, literal, edges, name, problem } = field
    if (variable === undefined || literal !== undefined || edges.length > 0 || problem !== undefined) return []
    if (name === 'input_value' && inputValues.has(node.index)) return []
    return [{ node, field, variable }]
  })
}
