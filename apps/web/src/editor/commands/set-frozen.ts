import { upstreamOf } from '../model/topology.ts'
import type { Command } from './command.ts'

/** Freezes nodes with everything upstream, so that they give their last outputs again, or lets them run. */
export const setFrozen: Command<{ readonly nodes: ReadonlySet<string>; readonly frozen: boolean }> = {
  id: 'set-frozen',
  apply(document, { nodes, frozen }) {
    const path = new Set([...nodes].flatMap((id) => [...upstreamOf(document, id)]))
    const isChanged = document.nodes.some(({ id, data }) => path.has(id) && (data.node.frozen === true) !== frozen)
    if (!isChanged) return document
    return {
      ...document,
      nodes: document.nodes.map((node) =>
        path.has(node.id) && (node.data.node.frozen === true) !== frozen
          ? { ...node, data: { ...node.data, node: { ...node.data.node, frozen } } }
          : node,
      ),
    }
  },
}
