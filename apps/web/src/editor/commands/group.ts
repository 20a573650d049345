import {
  type ComponentNode,
  type FlowDocument,
  type FlowNode,
  isField,
  isNote,
  type NodeOutput,
  type TemplateField,
} from '../model/flow-document.ts'
import { canvasHandles, handleName, outputHandleId, printHandle } from '../model/handles.ts'
import { newNodeId } from '../model/node-id.ts'
import type { Command } from './command.ts'
import { fragmentOf } from './duplicate.ts'

const ENDS = new Set(['ChatInput', 'ChatOutput', 'TextInput', 'TextOutput', 'Webhook'])

/** Why nodes cannot become one; a key of the editor's words `group`. */
export type GroupRefusal = 'tooFew' | 'ends' | 'manyOutputs' | 'loose' | 'loop'

export function refusalToGroup(document: FlowDocument, ids: ReadonlySet<string>): GroupRefusal | undefined {
  const { nodes, edges } = componentsOf(document, ids)
  if (nodes.length < 2) return 'tooFew'
  if (nodes.some(({ data }) => ENDS.has(data.type))) return 'ends'
  const linked = new Set(edges.flatMap(({ source, target }) => [source, target]))
  if (nodes.some(({ id }) => !linked.has(id))) return 'loose'
  const isInside = (id: string): boolean => nodes.some((node) => node.id === id)
  // A group has fields, and no handle that a loop's way back could enter.
  const isWayBack = (edge: FlowDocument['edges'][number]): boolean =>
    canvasHandles(edge).target?.startsWith('loop:') === true
  if (document.edges.some((edge) => isInside(edge.target) && !isInside(edge.source) && isWayBack(edge))) return 'loop'
  const leading = new Set(edges.map(({ source }) => source))
  return nodes.filter(({ id }) => !leading.has(id)).length === 1 ? undefined : 'manyOutputs'
}

function componentsOf(document: FlowDocument, ids: ReadonlySet<string>): FlowDocument {
  const { nodes, edges } = fragmentOf(document, ids)
  return { nodes: nodes.filter((node) => !isNote(node)), edges }
}

/** Makes several nodes one that holds them. */
export const groupNodes: Command<{ readonly ids: ReadonlySet<string> }> = {
  id: 'group',
  apply(document, { ids }) {
    if (refusalToGroup(document, ids)) return document
    const { nodes, edges } = componentsOf(document, ids)
    const inside = new Set(nodes.map(({ id }) => id))
    const groupId = newNodeId('GroupNode')
    const group: FlowNode = {
      id: groupId,
      type: 'genericNode',
      position: middleOf(nodes),
      data: { id: groupId, type: 'GroupNode', node: groupComponent(nodes, edges, document.edges), showNode: true },
    }
    const outer = document.edges
      .filter(({ source, target }) => !(inside.has(source) && inside.has(target)))
      .map((edge) => {
        if (inside.has(edge.target)) return enterGroup(edge, groupId)
        return inside.has(edge.source) ? leaveGroup(edge, groupId) : edge
      })
    return { ...document, nodes: [...document.nodes.filter(({ id }) => !inside.has(id)), group], edges: outer }
  },
}

/** Where a group of these nodes stands. */
export function middleOf(nodes: readonly FlowNode[]): { readonly x: number; readonly y: number } {
  const sum = nodes.reduce(({ x, y }, { position }) => ({ x: x + position.x, y: y + position.y }), { x: 0, y: 0 })
  return { x: Math.round(sum.x / nodes.length), y: Math.round(sum.y / nodes.length) }
}

/** The fields of a node inside a group as the group has them: those that no edge inside fills. */
export function exposedFields(
  { id, data }: FlowNode,
  edges: FlowDocument['edges'],
): readonly (readonly [string, TemplateField])[] {
  const into = edges.filter(({ target }) => target === id)
  const filled = new Set(into.map((edge) => handleName(canvasHandles(edge).target ?? '')))
  return Object.entries(data.node.template).flatMap(([name, field]) =>
    isField(field) && name !== 'code' && !filled.has(name)
      ? [[`${name}_${id}`, { ...field, display_name: field.display_name || name, proxy: { id, field: name } }] as const]
      : [],
  )
}

/** @param all the edges of the flow, of which some leave the group from the middle of it */
function groupComponent(
  nodes: readonly FlowNode[],
  edges: FlowDocument['edges'],
  all: FlowDocument['edges'],
): ComponentNode {
  const template = Object.fromEntries(nodes.flatMap((node) => exposedFields(node, edges)))
  const leading = new Set(edges.map(({ source }) => source))
  const last = nodes.find(({ id }) => !leading.has(id))
  const within = new Set(edges)
  const isUsedOutside = (id: string, { name }: NodeOutput): boolean =>
    all.some((edge) => edge.source === id && !within.has(edge) && canvasHandles(edge).source === outputHandleId(name))
  const outputsOf = ({ id, data }: FlowNode): readonly NodeOutput[] =>
    (data.node.outputs ?? [])
      .filter((output) => id === last?.id || isUsedOutside(id, output))
      .map((output) => ({
        ...output,
        name: `${id}_${output.name}`,
        proxy: { id, name: output.name, nodeDisplayName: data.node.display_name },
      }))
  const outputs = [...(last ? outputsOf(last) : []), ...nodes.filter((node) => node !== last).flatMap(outputsOf)]
  return {
    display_name: 'Group',
    description: '',
    documentation: '',
    template,
    outputs,
    flow: {
      data: { nodes, edges, viewport: { x: 0, y: 0, zoom: 1 } },
      name: 'Group',
      description: '',
      id: newNodeId('group'),
    },
  }
}

function enterGroup(edge: FlowDocument['edges'][number], groupId: string): FlowDocument['edges'][number] {
  const handle = edge.data?.targetHandle
  if (handle?.fieldName === undefined) return edge
  const targetHandle = {
    ...handle,
    id: groupId,
    fieldName: `${handle.fieldName}_${edge.target}`,
    proxy: { id: edge.target, field: handle.fieldName },
  }
  return {
    ...edge,
    target: groupId,
    targetHandle: printHandle(targetHandle),
    data: { ...edge.data, targetHandle },
  }
}

function leaveGroup(edge: FlowDocument['edges'][number], groupId: string): FlowDocument['edges'][number] {
  const handle = edge.data?.sourceHandle
  if (!handle) return edge
  const sourceHandle = { ...handle, dataType: 'GroupNode', id: groupId, name: `${edge.source}_${handle.name}` }
  return {
    ...edge,
    source: groupId,
    sourceHandle: printHandle(sourceHandle),
    data: { ...edge.data, sourceHandle },
  }
}
