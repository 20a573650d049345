import { isObject } from '@runnel/protocol/json'
import { useQuery } from '@tanstack/react-query'
import { flowQuery } from '../../api/flows.ts'
import { componentText, useComponentText } from '../../i18n/component-text.ts'

/** What the nodes of a flow are called now, by id; one that is gone from it has no name. */
export function useNodeNames(flowId: string): ReadonlyMap<string, string> {
  useComponentText()
  const { data: flow } = useQuery({ ...flowQuery(flowId), enabled: flowId !== '' })
  return new Map(nodeNames(flow?.data).map(([id, name]) => [id, componentText(name)]))
}

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
