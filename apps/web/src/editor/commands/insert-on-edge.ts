import { handlesFit, sourceOf, takesEdges, targetOf } from '../model/compatibility.ts'
import { type FlowDocument, type FlowNode, fieldsOf, nodeOf } from '../model/flow-document.ts'
import { canvasHandles, fieldHandle, makeEdge, sourceHandle } from '../model/handles.ts'
import type { Command } from './command.ts'

/** Adds a node in the middle of an edge it fits into: the edge becomes two. */
export const insertOnEdge: Command<{ readonly node: FlowNode; readonly edgeId: string }> = {
  id: 'insert-on-edge',
  apply(document, { node, edgeId }) {
    const parts = splitBy(document, node, edgeId)
    if (!parts) return document
    return {
      ...document,
      nodes: [...document.nodes, node],
      edges: [...document.edges.filter(({ id }) => id !== edgeId), ...parts],
    }
  },
}

/** The two edges that would take an edge's place; undefined when the node does not fit there. */
export function splitBy(document: FlowDocument, node: FlowNode, edgeId: string): FlowDocument['edges'] | undefined {
  const edge = document.edges.find(({ id }) => id === edgeId)
  if (!edge) return undefined
  const handles = canvasHandles(edge)
  const source = sourceOf(nodeOf(document, edge.source), handles.source)
  const target = targetOf(nodeOf(document, edge.target), handles.target)
  if (!source || !target) return undefined
  const field = fieldsOf(node.data.node).find(
    ([name, one]) =>
      one.show !== false && !one.advanced && takesEdges(one) && handlesFit(source, fieldHandle(node, name, one)),
  )
  const output = node.data.node.outputs?.find((one) => handlesFit(sourceHandle(node, one), target))
  if (!field || !output) return undefined
  return [makeEdge(source, fieldHandle(node, ...field)), makeEdge(sourceHandle(node, output), target)]
}
