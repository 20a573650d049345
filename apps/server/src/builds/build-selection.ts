import type { Graph, GraphNode } from '@runnel/engine/graph'
import { type InputType, inputNodes } from '@runnel/engine/run-inputs'
import type { RunRequest } from '@runnel/engine/run-scope'
import { descendantsOf } from '@runnel/engine/selection'
import { AppError } from '@runnel/protocol/errors'

/** Where a build begins and ends, as ids of nodes or groups; null and '' say nothing. */
export interface BuildRange {
  readonly startId?: string | null | undefined
  readonly stopId?: string | null | undefined
}

/**
 * The node numbers of a range. With both ends, what lies before the stop is built: the start only has to lead there.
 * @throws AppError `build_component_not_found`, or `bad_request` when the start does not lead to the stop.
 */
export function selectRange(graph: Graph, { startId, stopId }: BuildRange): Pick<RunRequest, 'start' | 'stop'> {
  const start = startId ? nodeOf(graph, startId, 'start') : undefined
  const stop = stopId ? nodeOf(graph, stopId, 'stop') : undefined
  if (start === undefined) return stop === undefined ? {} : { stop }
  if (stop === undefined) return { start }
  if (start !== stop && !descendantsOf(graph.topology, start).has(stop)) {
    throw new AppError('bad_request', [`Component ${stopId} does not follow component ${startId}`])
  }
  return { stop }
}

/** A group begins with its first node and ends with its last. */
function nodeOf(graph: Graph, id: string, end: 'start' | 'stop'): number {
  const known = graph.indexById.get(id)
  if (known !== undefined) return known
  const members = graph.nodes.filter(({ groupId }) => groupId === id)
  const isMember = (index: number | undefined) => members.some((member) => member.index === index)
  const isEnd = (node: GraphNode) =>
    end === 'stop'
      ? !node.outgoing.some((position) => isMember(graph.edges[position]?.target))
      : !node.incoming.some((position) => isMember(graph.edges[position]?.source))
  const found = members.find(isEnd) ?? members[0]
  if (!found) throw new AppError('build_component_not_found', [id.slice(0, 100)])
  return found.index
}

export interface BuildInput {
  readonly value: string | null
  readonly type: InputType | null
  /** Ids or display names; all that fit the type unless given. */
  readonly components: readonly string[]
}

/** Where the input of a build goes: to the chat inputs that no edge feeds, unless the caller names others. */
export function inputValues(graph: Graph, { value, type, components }: BuildInput): ReadonlyMap<number, string> {
  if (value === null) return new Map()
  const kind = type === null || type === 'any' ? 'chat' : type
  const taking = inputNodes(graph, kind, components).filter(({ incoming }) => incoming.length === 0)
  return new Map(taking.map(({ index }) => [index, value]))
}
