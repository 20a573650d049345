import { takesEdges } from '../model/compatibility.ts'
import type { ComponentNode, NodeData } from '../model/flow-document.ts'
import { canvasHandles, handleName } from '../model/handles.ts'
import { type Command, withNode } from './command.ts'

/** Changes what a node holds beside its fields: name, description, frozen, tool mode… */
export const setComponent: Command<{ readonly nodeId: string; readonly change: Partial<ComponentNode> }> = {
  id: 'set-component',
  apply: (document, { nodeId, change }) =>
    dropLostEdges(
      withNode(document, nodeId, (node) => ({
        ...node,
        data: { ...node.data, node: { ...node.data.node, ...change } },
      })),
      nodeId,
    ),
}

/** Changes what the editor remembers of a node: minimised, the chosen output. */
export const setNodeData: Command<{ readonly nodeId: string; readonly change: Partial<NodeData> }> = {
  id: 'set-node-data',
  apply: (document, { nodeId, change }) =>
    withNode(document, nodeId, (node) => ({ ...node, data: { ...node.data, ...change } })),
}

/** Edges of a node whose handle is gone cannot stay. */
function dropLostEdges(document: Parameters<typeof withNode>[0], nodeId: string): ReturnType<typeof withNode> {
  const node = document.nodes.find(({ id }) => id === nodeId)?.data.node
  if (!node) return document
  const outputs = new Set(node.outputs?.map(({ name }) => name))
  const edges = document.edges.filter((edge) => {
    const { source, target } = canvasHandles(edge)
    if (edge.source === nodeId && source && !node.flow && !outputs.has(handleName(source))) return false
    if (edge.target !== nodeId || !target) return true
    const name = handleName(target)
    if (target.startsWith('loop:')) return outputs.has(name)
    const field = node.template[name]
    return field !== undefined && takesEdges(field)
  })
  return edges.length === document.edges.length ? document : { ...document, edges }
}
