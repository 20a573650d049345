import {
  type ComponentNode,
  type FlowDocument,
  type FlowEdge,
  type FlowNode,
  isField,
  nodeOf,
  type TemplateField,
} from '../model/flow-document.ts'
import { canvasHandles, handleName } from '../model/handles.ts'
import { fitEdges } from './fit-edges.ts'
import { exposedFields } from './group.ts'
import { withGroupValues } from './ungroup.ts'

export interface FieldOwner {
  readonly node: FlowNode
  /** What the field is called there. */
  readonly field: string
}

/**
 * The node a field belongs to: of a group the one inside it, however deep, with the values the group gives it; of any
 * other node itself.
 */
export function fieldOwner(node: FlowNode, field: string): FieldOwner {
  const inside = innerOf(node, field)
  return inside ? fieldOwner(withGroupValues(inside.node, node), inside.field) : { node, field }
}

function innerOf({ data }: FlowNode, field: string): FieldOwner | undefined {
  const entry: unknown = data.node.template[field]
  const proxy = isField(entry) ? entry.proxy : undefined
  const node = proxy && data.node.flow?.data.nodes.find(({ id }) => id === proxy.id)
  return node && { node, field: proxy.field }
}

/** A node in which the owner of a field is another than before; groups around it show the fields and outputs it has now. */
export function withOwner(node: FlowNode, field: string, change: (owner: ComponentNode) => ComponentNode): FlowNode {
  const group = node.data.node
  const inside = innerOf(node, field)
  if (!inside || !group.flow) return { ...node, data: { ...node.data, node: change(group) } }
  const inner = withOwner(withGroupValues(inside.node, node), inside.field, change)
  const nodes = group.flow.data.nodes.map((one) => (one.id === inner.id ? inner : one))
  const data = fitEdges({ ...group.flow.data, nodes }, inner.id)
  const component = {
    ...group,
    flow: { ...group.flow, data },
    template: templateWith(group, inner, data.edges),
    outputs: outputsWith(group, inner),
  }
  return { ...node, data: { ...node.data, node: component } }
}

/** What of a field belongs to the group: where it is shown, and how. */
const OWN = ['display_name', 'advanced', 'api_editable', 'api_name'] as const

function templateWith(group: ComponentNode, inner: FlowNode, edges: readonly FlowEdge[]): ComponentNode['template'] {
  const entries = Object.entries(group.template)
  const isOfInner = ([, field]: readonly [string, unknown]): boolean => isField(field) && field.proxy?.id === inner.id
  const before = new Map(entries.filter(isOfInner).map(([key, field]) => [field.proxy?.field, { key, field }]))
  const shown = exposedFields(inner, edges).map(([key, field]): [string, TemplateField] => {
    const old = before.get(field.proxy?.field)
    if (!old) return [key, field]
    const own = OWN.filter((one) => one in old.field).map((one) => [one, old.field[one]] as const)
    return [old.key, { ...field, ...Object.fromEntries(own) }]
  })
  const others = entries.filter((entry) => !isOfInner(entry))
  return Object.fromEntries(others.toSpliced(entries.findIndex(isOfInner), 0, ...shown))
}

function outputsWith({ outputs = [] }: ComponentNode, { id, data }: FlowNode): NonNullable<ComponentNode['outputs']> {
  const inner = data.node.outputs ?? []
  const kept = outputs.flatMap((output) => {
    if (output.proxy?.id !== id) return [output]
    const now = inner.find(({ name }) => name === output.proxy?.name)
    return now ? [{ ...now, name: output.name, proxy: output.proxy }] : []
  })
  const isGone = outputs.some(({ proxy }) => proxy?.id === id) && !kept.some(({ proxy }) => proxy?.id === id)
  if (!isGone) return kept
  // What led out of the group is called otherwise now.
  const { display_name: nodeDisplayName } = data.node
  const others = inner.map((output) => ({
    ...output,
    name: `${id}_${output.name}`,
    proxy: { id, name: output.name, nodeDisplayName },
  }))
  return [...others, ...kept]
}

/** A flow without the edges of a group whose field or output is gone. */
export function withoutLostEdges(document: FlowDocument, groupId: string): FlowDocument {
  const group = nodeOf(document, groupId)?.data.node
  if (!group) return document
  const isLost = (edge: FlowEdge): boolean => {
    const { source, target } = canvasHandles(edge)
    const [output, field] = [handleName(source ?? ''), handleName(target ?? '')]
    const isOf = ({ name, proxy }: NonNullable<ComponentNode['outputs']>[number]): boolean =>
      name === output || proxy?.name === output
    return (
      (edge.source === groupId && !group.outputs?.some(isOf)) ||
      (edge.target === groupId && !Object.hasOwn(group.template, field))
    )
  }
  return document.edges.some(isLost) ? { ...document, edges: document.edges.filter((edge) => !isLost(edge)) } : document
}
