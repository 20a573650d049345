import { AppError } from '@runnel/protocol/errors'
import type { Topology } from './topology.ts'

/** Which nodes a run may reach, and where it begins. */
export interface Selection {
  readonly keep: readonly boolean[]
  readonly first: readonly number[]
}

export interface SelectionRequest {
  /** Run this node and all it needs. */
  readonly stop?: number
  /** Run what follows this node, and all that needs. */
  readonly start?: number
  /** Also run what these nodes need; ignored with `stop`. */
  readonly also?: readonly number[]
  /** Chat inputs; without `start` a lone one begins the run by itself. */
  readonly chatInputs?: readonly number[]
  /** Run to every end, those the lone chat input does not lead to too; ignored with `stop` and `start`. */
  readonly toAllEnds?: boolean
}

/**
 * Chooses what runs.
 * @throws AppError `flow_invalid` for two chat inputs, or `start` together with `stop`.
 */
export function selectNodes(topology: Topology, request: SelectionRequest): Selection {
  if (request.start !== undefined && request.stop !== undefined) {
    throw new AppError('flow_invalid', ['You can only provide one of stop_component_id or start_component_id'])
  }
  // A node in a cycle has itself among its ancestors, so the run begins there instead of ending there.
  const stopInCycle = request.stop !== undefined && topology.cycle[request.stop] !== -1
  const start = stopInCycle ? request.stop : request.start
  const stop = stopInCycle ? undefined : request.stop
  const keep = keptNodes(topology, start, stop, request.also ?? [])
  const roots = rootsOf(topology, keep, start)
  if (start !== undefined || request.chatInputs === undefined) return { keep, first: roots }
  const chats = request.chatInputs.filter((node) => keep[node])
  if (chats.length > 1) throw new AppError('flow_invalid', ['Only one chat input is allowed in the graph'])
  const lone = chats.filter((node) => topology.incoming[node]?.length === 0)
  if (lone.length === 0) return { keep, first: roots }
  return { keep, first: request.toAllEnds ? rootsOfAllEnds(topology, lone, roots) : lone }
}

/** The lone chat input, and the roots of the ends beside it: what only serves its branches waits until they need it. */
function rootsOfAllEnds(topology: Topology, lone: readonly number[], roots: readonly number[]): readonly number[] {
  const led = new Set(lone.flatMap((chat) => [chat, ...descendantsOf(topology, chat)]))
  const needed = new Array<boolean>(topology.size).fill(false)
  spread(
    topology,
    needed,
    [...needed.keys()].filter((node) => !led.has(node) && isEnd(topology, node)),
    'up',
  )
  return roots.filter((root) => led.has(root) || needed[root])
}

/** Nothing goes on from it, unless round its own cycle. */
const isEnd = ({ outgoing, edges, cycle }: Topology, node: number): boolean =>
  (outgoing[node] ?? []).every((position) => {
    const target = edges[position]?.target ?? node
    return cycle[node] !== -1 && cycle[target] === cycle[node]
  })

/** The nodes that a run from these may come to: all it keeps that edges join to them, whichever way they lead. */
export function joinedTo(topology: Topology, keep: readonly boolean[], from: readonly number[]): ReadonlySet<number> {
  const found = new Set(from)
  for (const node of found) {
    for (const position of [...(topology.incoming[node] ?? []), ...(topology.outgoing[node] ?? [])]) {
      const { source = node, target = node } = topology.edges[position] ?? {}
      const other = source === node ? target : source
      if (keep[other]) found.add(other)
    }
  }
  return found
}

function keptNodes(
  topology: Topology,
  start: number | undefined,
  stop: number | undefined,
  also: readonly number[],
): readonly boolean[] {
  const keep = new Array<boolean>(topology.size).fill(start === undefined && stop === undefined)
  if (stop !== undefined) spread(topology, keep, [stop], 'up')
  if (start !== undefined) {
    spread(topology, keep, [start], 'down')
    const reached = keep.flatMap((kept, node) => (kept ? [node] : []))
    spread(topology, keep, reached, 'up')
    spread(topology, keep, also, 'up')
  }
  return keep
}

function spread(topology: Topology, keep: boolean[], from: readonly number[], way: 'up' | 'down'): void {
  const seen = new Set(from)
  for (const node of seen) {
    keep[node] = true
    for (const position of (way === 'up' ? topology.incoming : topology.outgoing)[node] ?? []) {
      const edge = topology.edges[position]
      if (edge) seen.add(way === 'up' ? edge.source : edge.target)
    }
  }
}

function rootsOf(topology: Topology, keep: readonly boolean[], start: number | undefined): readonly number[] {
  const kept = keep.flatMap((isKept, node) => (isKept ? [node] : []))
  const roots = kept.filter((node) => topology.incoming[node]?.length === 0)
  if (roots.length > 0) return roots
  const nearest = kept.reduce<number | undefined>(
    (best, node) =>
      best === undefined || (topology.distance[node] ?? 0) < (topology.distance[best] ?? 0) ? node : best,
    undefined,
  )
  const begin = start ?? nearest
  return begin === undefined ? [] : [begin]
}

/** Everything reachable from a node, without the node itself unless it is in a cycle. */
export function descendantsOf(topology: Topology, from: number): ReadonlySet<number> {
  const found = new Set<number>()
  const queue = [from]
  for (let head = 0; head < queue.length; head++) {
    for (const position of topology.outgoing[queue[head] ?? 0] ?? []) {
      const target = topology.edges[position]?.target
      if (target === undefined || found.has(target)) continue
      found.add(target)
      queue.push(target)
    }
  }
  return found
}
