/** Who follows whom, as numbers: what the schedule needs to know of a graph. */
export interface Topology {
  readonly size: number
  readonly edges: readonly TopologyEdge[]
  /** Positions in `edges`. */
  readonly incoming: readonly (readonly number[])[]
  readonly outgoing: readonly (readonly number[])[]
  /** The number of each node's cycle; -1 outside of cycles. */
  readonly cycle: readonly number[]
  /** The output of a loop node that leads into its body; undefined for other nodes. */
  readonly loopOutput: readonly (string | undefined)[]
  /** Nodes in the order in which a cycle is entered when nothing else tells: nearest to the flow's inputs first. */
  readonly distance: readonly number[]
}

export interface TopologyEdge {
  readonly source: number
  readonly target: number
  readonly output: string
  /** Brings the result of a loop's body back. */
  readonly isFeedback: boolean
}

type Edges = readonly TopologyEdge[]

/** Indexes edges and finds the cycles. `roots` are the flow's input nodes. */
export function createTopology(
  size: number,
  edges: Edges,
  loopOutput: readonly (string | undefined)[],
  roots: readonly number[] = [],
): Topology {
  const incoming: number[][] = Array.from({ length: size }, () => [])
  const outgoing: number[][] = Array.from({ length: size }, () => [])
  edges.forEach(({ source, target }, position) => {
    outgoing[source]?.push(position)
    incoming[target]?.push(position)
  })
  const sources = roots.length > 0 ? roots : incoming.flatMap((list, node) => (list.length === 0 ? [node] : []))
  return {
    size,
    edges,
    incoming,
    outgoing,
    cycle: findCycles(size, edges, outgoing),
    loopOutput,
    distance: distances(size, edges, outgoing, sources),
  }
}

/** Strongly connected components of more than one node, and self-loops: Tarjan's algorithm without recursion. */
function findCycles(size: number, edges: Edges, outgoing: readonly (readonly number[])[]): readonly number[] {
  const cycle = new Array<number>(size).fill(-1)
  const order = new Array<number>(size).fill(-1)
  const low = new Array<number>(size).fill(0)
  const onStack = new Array<boolean>(size).fill(false)
  const stack: number[] = []
  let counter = 0
  let found = 0
  for (let root = 0; root < size; root++) {
    if (order[root] !== -1) continue
    const work: { node: number; next: number }[] = [{ node: root, next: 0 }]
    while (work.length > 0) {
      const frame = work[work.length - 1] as { node: number; next: number }
      const { node } = frame
      if (frame.next === 0) {
        order[node] = low[node] = counter++
        stack.push(node)
        onStack[node] = true
      }
      const out = outgoing[node] ?? []
      let descended = false
      while (frame.next < out.length) {
        const target = edges[out[frame.next++] ?? -1]?.target ?? node
        if (order[target] === -1) {
          work.push({ node: target, next: 0 })
          descended = true
          break
        }
        if (onStack[target]) low[node] = Math.min(low[node] ?? 0, order[target] ?? 0)
      }
      if (descended) continue
      work.pop()
      const parent = work[work.length - 1]
      if (parent) low[parent.node] = Math.min(low[parent.node] ?? 0, low[node] ?? 0)
      if (low[node] !== order[node]) continue
      const members: number[] = []
      for (let member = stack.pop(); member !== undefined; member = stack.pop()) {
        onStack[member] = false
        members.push(member)
        if (member === node) break
      }
      const selfLoop = out.some((position) => edges[position]?.target === node)
      if (members.length > 1 || selfLoop) {
        for (const member of members) cycle[member] = found
        found++
      }
    }
  }
  return cycle
}

function distances(
  size: number,
  edges: Edges,
  outgoing: readonly (readonly number[])[],
  roots: readonly number[],
): readonly number[] {
  const distance = new Array<number>(size).fill(Number.POSITIVE_INFINITY)
  const queue = [...roots]
  for (const root of roots) distance[root] = 0
  for (let head = 0; head < queue.length; head++) {
    const node = queue[head] ?? 0
    for (const position of outgoing[node] ?? []) {
      const target = edges[position]?.target ?? 0
      if (distance[target] !== Number.POSITIVE_INFINITY) continue
      distance[target] = (distance[node] ?? 0) + 1
      queue.push(target)
    }
  }
  return distance
}
