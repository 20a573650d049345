import { isObject } from './json.ts'

/**
 * The ids of all nodes with their names, of those inside groups, too.
 * @param graph as it is saved: `{nodes, edges}`
 */
export function nodeNames(graph: unknown): readonly (readonly [string, string])[] {
  const nodes: readonly unknown[] = isObject(graph) && Array.isArray(graph.nodes) ? graph.nodes : []
  return nodes.flatMap((node) => {
    const inner = isObject(node) && isObject(node.data) && isObject(node.data.node) ? node.data.node : {}
    const within = nodeNames(isObject(inner.flow) ? inner.flow.data : undefined)
    if (!isObject(node) || typeof node.id !== 'string' || typeof inner.display_name !== 'string') return within
    return [[node.id, inner.display_name] as const, ...within]
  })
}
