import type { FlowEdge, FlowNode, TemplateField } from '../model/flow-document.ts'
import { nodeOf } from '../model/flow-document.ts'
import { printHandle } from '../model/handles.ts'
import type { Command } from './command.ts'
import { middleOf } from './group.ts'

/** Takes a group apart: its nodes stand around where it stood, in their old places if it was not moved, with the values the group's fields have. */
export const ungroup: Command<{ readonly id: string }> = {
  id: 'ungroup',
  apply(document, { id }) {
    const group = nodeOf(document, id)
    const inner = group?.data.node.flow?.data
    if (!group || !inner) return document
    const middle = middleOf(inner.nodes)
    const nodes = inner.nodes.map((node) => ({
      ...withGroupValues(node, group),
      position: { x: node.position.x - middle.x + group.position.x, y: node.position.y - middle.y + group.position.y },
    }))
    return {
      ...document,
      nodes: [...document.nodes.filter((node) => node.id !== id), ...nodes],
      edges: [...document.edges.map((edge) => outOfGroup(edge, group)), ...inner.edges],
    }
  },
}

/** The group's fields were copies of those of its nodes: their values go back. */
export function withGroupValues(node: FlowNode, group: FlowNode): FlowNode {
  const template: Record<string, TemplateField> = { ...node.data.node.template }
  for (const field of Object.values(group.data.node.template)) {
    if (field?.proxy?.id !== node.id) continue
    const own = template[field.proxy.field]
    if (own)
      template[field.proxy.field] = {
        ...own,
        value: field.value,
        ...('load_from_db' in field && { load_from_db: field.load_from_db }),
      }
  }
  return { ...node, data: { ...node.data, node: { ...node.data.node, template } } }
}

function outOfGroup(edge: FlowEdge, group: FlowNode): FlowEdge {
  const { sourceHandle, targetHandle } = edge.data ?? {}
  if (edge.target === group.id && targetHandle?.proxy) {
    const { proxy, ...handle } = targetHandle
    const inner = { ...handle, id: proxy.id, fieldName: proxy.field }
    return { ...edge, target: proxy.id, targetHandle: printHandle(inner), data: { ...edge.data, targetHandle: inner } }
  }
  if (edge.source === group.id && sourceHandle) {
    const output = group.data.node.outputs?.find(
      ({ name, proxy }) => name === sourceHandle.name || proxy?.name === sourceHandle.name,
    )
    if (!output?.proxy) return edge
    const dataType = group.data.node.flow?.data.nodes.find(({ id }) => id === output.proxy?.id)?.data.type
    const inner = {
      ...sourceHandle,
      id: output.proxy.id,
      name: output.proxy.name,
      dataType: dataType ?? sourceHandle.dataType,
    }
    return {
      ...edge,
      source: output.proxy.id,
      sourceHandle: printHandle(inner),
      data: { ...edge.data, sourceHandle: inner },
    }
  }
  return edge
}
