import { edgeLabel, nameOf } from '../canvas/document-news.ts'
import { type NodeDifference, nodeDifferences } from '../conflict/node-differences.ts'
import type { FlowDocument, FlowEdge, FlowNode } from '../model/flow-document.ts'
import { canvasHandles } from '../model/handles.ts'

export type ChangeKind = 'added' | 'removed' | 'changed' | 'moved'

/** What became of a node from one version to another. */
export interface NodeChange {
  readonly id: string
  readonly name: string
  readonly kind: ChangeKind
  /** Before as `theirs`, after as `mine`; of a changed node alone. */
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
  const lone = (kind: 'added' | 'removed') => (node: FlowNode) => ({
    id: node.id,
    name: nameOf(node),
    kind,
    fields: [],
  })
  const nodes = after.nodes.flatMap((node): readonly NodeChange[] => {
    const old = then.get(node.id)
    if (!old) return [lone('added')(node)]
    const fields = nodeDifferences(compared(node), compared(old)).filter(({ mine, theirs }) => mine !== theirs)
    const { x, y } = node.position
    const isMoved = old.position.x !== x || old.position.y !== y
    if (fields.length === 0 && !isMoved) return []
    return [{ id: node.id, name: nameOf(node), kind: fields.length > 0 ? 'changed' : 'moved', fields }]
  })
  const removed = before.nodes.filter(({ id }) => !now.has(id)).map(lone('removed'))
  return {
    nodes: [...nodes, ...removed],
    edges: [...loneEdges('added', after, before), ...loneEdges('removed', before, after)],
  }
}

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
