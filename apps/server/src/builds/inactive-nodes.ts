import type { Graph } from '@runnel/engine/graph'
import type { RunEvent } from '@runnel/engine/run-event'

/**
 * The nodes the editor draws as inactive after a node has run: those a router has ruled out, and those
 * a loop that goes on keeps waiting behind its end.
 */
export function inactiveNodes(graph: Graph, event: Extract<RunEvent, { type: 'node-end' }>): readonly string[] {
  const { node } = event.result
  if (!node.isLoop || event.stopped.size === 0) return event.skipped
  const { cycle } = graph.topology
  const waiting = new Set<number>()
  const follow = (position: number): void => {
    const target = graph.nodes[graph.edges[position]?.target ?? -1]
    if (!target || waiting.has(target.index)) return
    // Where ways meet, another one may still lead on.
    if (cycle[target.index] === cycle[node.index] || target.incoming.length > 1) return
    waiting.add(target.index)
    target.outgoing.forEach(follow)
  }
  node.outgoing.filter((position) => event.stopped.has(graph.edges[position]?.output ?? '')).forEach(follow)
  const behind = graph.nodes.filter(({ index }) => waiting.has(index)).map(({ id }) => id)
  return [...new Set([...event.skipped, ...behind])]
}
