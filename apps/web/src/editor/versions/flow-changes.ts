import { edgeLabel, nameOf } from '../canvas/document-news.ts'
import { type NodeDifference, nodeDifferences } from '../conflict/node-differences.ts'
import { type FlowDocument, type FlowEdge, type FlowNode, isField } from '../model/flow-document.ts'
import { canvasHandles } from '../model/handles.ts'
import { isOnNode } from '../node/node-parts.ts'

export type ChangeKind = 'added' | 'removed' | 'changed' | 'moved'

/** What became of a node from one version to another. */
export interface NodeChange {
  readonly id: string
  readonly name: string
  readonly kind: ChangeKind
  /** Before as `theirs`, after as `mine`: of a node that only one version has, what it shows and is filled in. */
  readonly fields: readonly NodeDifference[]
}

/** An edge that only one version has. */
export interface EdgeChange {
  readonly id: string
  readonly label: string
  readonly kind: 'added' | 'removed'
}

export interface FlowChanges {
  readonly nodes: readonly NodeChange[]
  readonly edges: readonly EdgeChange[]
}

/** What differs between two versions of a flow, by node. Secrets are left out: kept versions have none. */
export function flowChanges(before: FlowDocument, after: FlowDocument): FlowChanges {
  const then = new Map(before.nodes.map((node) => [node.id, node]))
  const now = new Set(after.nodes.map(({ id }) => id))
  const nodes = after.nodes.flatMap((node): readonly NodeChange[] => {
    const old = then.get(node.id)
    if (!old) return [{ id: node.id, name: nameOf(node), kind: 'added', fields: differences(node, emptied(node)) }]
    const fields = differences(node, old)
    const { x, y } = node.position
    const isMoved = old.position.x !== x || old.position.y !== y
    if (fields.length === 0 && !isMoved) return []
    return [{ id: node.id, name: nameOf(node), kind: fields.length > 0 ? 'changed' : 'moved', fields }]
  })
  const removed = before.nodes
    .filter(({ id }) => !now.has(id))
    .map((node) => ({
      id: node.id,
      name: nameOf(node),
      kind: 'removed' as const,
      fields: differences(emptied(node), node),
    }))
  return {
    nodes: [...nodes, ...removed],
    edges: [...loneEdges('added', after, before), ...loneEdges('removed', before, after)],
  }
}

const differences = (after: FlowNode, before: FlowNode): readonly NodeDifference[] =>
  nodeDifferences(compared(after), compared(before)).filter(({ mine, theirs }) => mine !== theirs)

/** A node with nothing in what it shows. */
function emptied(node: FlowNode): FlowNode {
  const template = Object.entries(node.data.node.template ?? {}).map(([name, field]) => [
    name,
    isField(field) && isOnNode(name, field) && !isEmpty(field.value) ? { ...field, value: '' } : field,
  ])
  const inner = { ...node.data.node, template: Object.fromEntries(template) }
  const text = node.type === 'noteNode' ? { description: '' } : {}
  return { ...node, data: { ...node.data, node: { ...inner, ...text } } }
}

/** Whether a value is a list or an object with nothing in it: it is printed, yet tells nothing. */
const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0

/** A node without its place, its looks on the canvas and its secrets. */
function compared({ id, type, data }: FlowNode): FlowNode {
  const template = Object.entries(data.node.template ?? {}).map(([name, field]) => [
    name,
    field?.password === true && field.load_from_db !== true ? { ...field, value: '' } : field,
  ])
  const node = { ...data.node, template: Object.fromEntries(template) }
  return { id, type, position: { x: 0, y: 0 }, data: { ...data, node } }
}

function loneEdges(kind: EdgeChange['kind'], of: FlowDocument, other: FlowDocument): readonly EdgeChange[] {
  const known = new Set(other.edges.map(endsOf))
  return of.edges.flatMap((edge) =>
    known.has(endsOf(edge)) ? [] : [{ id: `${kind} ${edge.id}`, label: edgeLabel(of, edge), kind }],
  )
}

function endsOf(edge: FlowEdge): string {
  const { source, target } = canvasHandles(edge)
  return [edge.source, source, edge.target, target].join(' ')
}
