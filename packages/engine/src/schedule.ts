import type { Selection } from './selection.ts'
import { descendantsOf } from './selection.ts'
import type { Topology } from './topology.ts'

/**
 * Says which nodes may start, given which have finished. Pure: no clock, no I/O; the same calls give the same answers.
 *
 * An edge is waiting until its source has run; then it is live, or dead when the source stopped that output. A node
 * starts when none of its edges waits. A dead edge takes its target along, unless a live edge comes from behind the
 * same router: so both ways of an If-Else may meet again, while a prompt that only feeds a dead branch stays unused.
 */
export interface Schedule {
  /** The nodes to start first. */
  readonly first: readonly number[]
  /**
   * The node has run; `stopped` holds the outputs it stopped, `woken` the nodes it wants to begin anew. Those do, with
   * all behind them, as soon as nothing behind them runs; being woken twice until then is being woken once.
   * @returns the nodes to start now, in the order of the file.
   */
  finish(node: number, stopped?: ReadonlySet<string>, woken?: readonly number[]): readonly number[]
  /**
   * The node failed: nothing behind it will start.
   * @returns woken nodes that waited for it.
   */
  fail(node: number): readonly number[]
  /**
   * Called when nothing runs any more: enters a cycle that has no natural entrance.
   * @returns the node to start, if there is one.
   */
  enterCycle(): readonly number[]
  /** Nodes that will not run because a router stopped every way to them. */
  skipped(): readonly number[]
}

const WAITING = 0
const LIVE = 1
const DEAD = 2

/** Begins a schedule over the kept nodes. */
export function createSchedule(topology: Topology, { keep: kept, first }: Selection): Schedule {
  const { size, edges, incoming, outgoing, cycle, loopOutput } = topology
  const keep = [...kept]
  // Plain arrays: of a few nodes, as most flows have, typed ones cost ten times as much.
  const edgeState = zeros(edges.length)
  const culprits: (readonly number[] | undefined)[] = []
  const waiting = zeros(size)
  const runs = zeros(size)
  const flags = {
    running: zeros(size),
    dead: zeros(size),
    fresh: zeros(size),
    awake: zeros(size),
    failed: zeros(size),
  }
  const entrances = new Set<number>()
  const skipped = new Set<number>()
  const woken = new Set<number>()
  const behind = new Map<number, ReadonlySet<number>>()
  for (let node = 0; node < size; node++) {
    if (!keep[node]) continue
    for (const position of incoming[node] ?? []) {
      if (keep[sourceOf(position)]) waiting[node] = (waiting[node] ?? 0) + 1
      else edgeState[position] = DEAD
    }
  }
  for (const node of first) {
    flags.running[node] = 1
    flags.awake[node] = 1
  }

  function sourceOf(position: number): number {
    return edges[position]?.source ?? 0
  }
  function targetOf(position: number): number {
    return edges[position]?.target ?? 0
  }

  function reachOf(node: number): ReadonlySet<number> {
    let reach = behind.get(node)
    if (!reach) {
      reach = descendantsOf(topology, node)
      behind.set(node, reach)
    }
    return reach
  }

  const isBehind = (router: number, node: number): boolean => router === node || reachOf(router).has(node)

  function settle(position: number, state: typeof LIVE | typeof DEAD): void {
    const target = targetOf(position)
    if (edgeState[position] === WAITING) waiting[target] = (waiting[target] ?? 0) - 1
    edgeState[position] = state
    if (state === LIVE) flags.fresh[target] = 1
  }

  /** Only dead edges, or dead ones whose router has no other way here. */
  function isHopeless(node: number): boolean {
    const positions = incoming[node] ?? []
    return positions.some((position) => {
      const routers = edgeState[position] === DEAD ? culprits[position] : undefined
      return routers?.every(
        (router) => !positions.some((other) => edgeState[other] !== DEAD && isBehind(router, sourceOf(other))),
      )
    })
  }

  /** Kills the targets of a dead edge that have no other way, and theirs. Returns the nodes that may now be ready. */
  function spreadDeath(from: readonly number[]): number[] {
    const touched: number[] = []
    const queue = [...from]
    for (let head = 0; head < queue.length; head++) {
      const node = targetOf(queue[head] ?? 0)
      if (!keep[node] || flags.dead[node] || flags.running[node] || (runs[node] ?? 0) > 0) continue
      if (!isHopeless(node)) {
        touched.push(node)
        continue
      }
      flags.dead[node] = 1
      skipped.add(node)
      const blamed = (incoming[node] ?? []).flatMap((position) => culprits[position] ?? [])
      for (const position of outgoing[node] ?? []) {
        settle(position, DEAD)
        culprits[position] = blamed
        queue.push(position)
      }
    }
    return touched
  }

  function waitsOnlyForItsCycle(node: number): boolean {
    return (incoming[node] ?? []).every(
      (position) =>
        edgeState[position] !== WAITING ||
        (cycle[sourceOf(position)] === cycle[node] && !flags.failed[sourceOf(position)]),
    )
  }

  /** A loop begins before anything has come back to it. */
  function waitsOnlyForFeedback(node: number): boolean {
    return (incoming[node] ?? []).every((position) => edgeState[position] !== WAITING || edges[position]?.isFeedback)
  }

  function isLoop(node: number): boolean {
    return loopOutput[node] !== undefined
  }

  function leadsIntoBody(node: number, position: number): boolean {
    return edges[position]?.output === loopOutput[node]
  }

  function canStart(node: number): boolean {
    if (!keep[node] || flags.running[node] || flags.dead[node]) return false
    const hasIncoming = (incoming[node] ?? []).length > 0
    if (hasIncoming ? !flags.fresh[node] : (runs[node] ?? 0) > 0) return false
    if (waiting[node] === 0) return true
    return runs[node] === 0 && waitsOnlyForFeedback(node)
  }

  /** Starts a node, or else what it still waits for; each node is looked at once. */
  function wake(node: number, started: Set<number>): void {
    const queue = [node]
    for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
      if (canStart(at)) {
        flags.running[at] = 1
        flags.awake[at] = 1
        started.add(at)
        continue
      }
      if (flags.awake[at] || !keep[at] || flags.dead[at]) continue
      flags.awake[at] = 1
      for (const position of incoming[at] ?? []) if (edgeState[position] === WAITING) queue.push(sourceOf(position))
    }
  }

  /** A new turn of a cycle: all between this node and its feedback waits again. */
  function rearm(node: number): void {
    const region = new Set<number>()
    const queue = (outgoing[node] ?? []).filter((position) => !isLoop(node) || leadsIntoBody(node, position))
    const fromNode = new Set(queue)
    for (let head = 0; head < queue.length; head++) {
      const target = targetOf(queue[head] ?? 0)
      if (target === node || region.has(target)) continue
      if (!isLoop(node) && (isLoop(target) || entrances.has(target))) continue
      region.add(target)
      queue.push(...(outgoing[target] ?? []))
    }
    for (const member of [...region, node]) {
      for (const position of incoming[member] ?? []) {
        if (!region.has(sourceOf(position)) && !fromNode.has(position)) continue
        if (edgeState[position] !== WAITING) waiting[member] = (waiting[member] ?? 0) + 1
        edgeState[position] = WAITING
        culprits[position] = undefined
      }
      if (member !== node) forget(member)
    }
  }

  /** As if the node had never run. */
  function forget(node: number): void {
    runs[node] = 0
    flags.dead[node] = 0
    flags.fresh[node] = 0
    flags.awake[node] = 0
    skipped.delete(node)
  }

  /** Starts woken nodes behind which nothing runs any more; one behind another is reached from there. */
  function startWoken(started: Set<number>): void {
    for (const node of woken) {
      const isReached = [...woken].some((other) => other !== node && reachOf(other).has(node))
      if (isReached && !reachOf(node).has(node)) woken.delete(node)
    }
    for (const node of woken) {
      const region = new Set([node, ...reachOf(node)])
      if ([...region].some((member) => flags.running[member])) continue
      woken.delete(node)
      beginAnew(region)
      if ((waiting[node] ?? 0) > 0 && cycle[node] === -1) {
        wake(node, started)
        continue
      }
      flags.running[node] = 1
      flags.awake[node] = 1
      started.add(node)
    }
  }

  /** All of the region waits again, and what it needs is kept, although nothing joined it to the start. */
  function beginAnew(region: ReadonlySet<number>): void {
    const needed = new Set(region)
    for (const node of needed) for (const position of incoming[node] ?? []) needed.add(sourceOf(position))
    const added = [...needed].filter((node) => !keep[node])
    for (const node of added) keep[node] = true
    const renewed = new Set([...region, ...added])
    for (const node of renewed) {
      forget(node)
      const positions = incoming[node] ?? []
      for (const position of positions) {
        if (!renewed.has(sourceOf(position))) continue
        edgeState[position] = WAITING
        culprits[position] = undefined
      }
      waiting[node] = positions.filter((position) => edgeState[position] === WAITING).length
      if (positions.some((position) => edgeState[position] === LIVE)) flags.fresh[node] = 1
    }
  }

  return {
    first,

    finish(node, stopped, asked = []) {
      flags.running[node] = 0
      runs[node] = (runs[node] ?? 0) + 1
      flags.fresh[node] = 0
      if ((runs[node] ?? 0) > 1 && (isLoop(node) || entrances.has(node))) rearm(node)
      const killed: number[] = []
      const reached: number[] = []
      for (const position of outgoing[node] ?? []) {
        const { output = '', target = 0 } = edges[position] ?? {}
        if (!stopped?.has(output)) {
          settle(position, LIVE)
          reached.push(target)
        } else if (!isLoop(node) || leadsIntoBody(node, position)) {
          settle(position, DEAD)
          culprits[position] = [node]
          killed.push(position)
        }
        // What a loop stops outside its body it will still deliver: those edges go on waiting.
      }
      if (killed.length > 0) reached.push(...spreadDeath(killed))
      const started = new Set<number>()
      for (const target of reached) wake(target, started)
      for (const listener of asked) woken.add(listener)
      startWoken(started)
      return inOrder(started)
    },

    fail(node) {
      flags.running[node] = 0
      flags.failed[node] = 1
      runs[node] = (runs[node] ?? 0) + 1
      flags.fresh[node] = 0
      const started = new Set<number>()
      startWoken(started)
      return inOrder(started)
    },

    enterCycle() {
      let best: number | undefined
      for (let node = 0; node < size; node++) {
        if (cycle[node] === -1 || !keep[node] || flags.dead[node] || flags.running[node] || runs[node] !== 0) continue
        if (!flags.fresh[node] || !waitsOnlyForItsCycle(node)) continue
        if (best === undefined || (topology.distance[node] ?? 0) < (topology.distance[best] ?? 0)) best = node
      }
      if (best === undefined) return []
      entrances.add(best)
      flags.running[best] = 1
      return [best]
    },

    skipped: () => inOrder(skipped),
  }
}

const zeros = (length: number): number[] => new Array<number>(length).fill(0)

const inOrder = (nodes: ReadonlySet<number>): readonly number[] =>
  nodes.size < 2 ? [...nodes] : [...nodes].sort((a, b) => a - b)
