import { isObject } from '@runnel/protocol/json'

/** A graph whose nodes that keep texts keep them in this knowledge base. */
export function withKnowledgeBase<Graph>(graph: Graph, name: string): Graph {
  const copy = structuredClone(graph)
  const nodes: unknown = isObject(copy) ? copy.nodes : undefined
  for (const node of Array.isArray(nodes) ? nodes : []) {
    const template: unknown = node?.data?.node?.template
    const field = isObject(template) ? template.knowledge_base : undefined
    if (isObject(field)) Object.assign(field, { value: name })
  }
  return copy
}
