import { componentText } from '../../i18n/component-text.ts'
import type { FlowDocument, FlowEdge, FlowNode } from '../model/flow-document.ts'
import { frameTitle, isFrame } from '../model/frames.ts'
import { canvasHandles } from '../model/handles.ts'
import { connectionLabel } from './neighbours.ts'

/** What a change did to a flow, to be told to somebody who does not see it. */
export interface DocumentNews {
  readonly key: 'added' | 'removed' | 'connected' | 'disconnected' | 'moved'
  /** What it was done to, by name. */
  readonly names: readonly string[]
}

/** What came, what went, and what stands elsewhere. A change of values alone is no news: whoever makes it knows. */
export function documentNews(before: FlowDocument, after: FlowDocument): readonly DocumentNews[] {
  const added = missingIn(before.nodes, after.nodes).map(nameOf)
  const removed = missingIn(after.nodes, before.nodes).map(nameOf)
  const news: readonly DocumentNews[] = [
    { key: 'added', names: added },
    { key: 'removed', names: removed },
    { key: 'connected', names: missingIn(before.edges, after.edges).map((edge) => edgeLabel(after, edge)) },
    // The edges of a node that went have gone with it.
    {
      key: 'disconnected',
      names: removed.length > 0 ? [] : missingIn(after.edges, before.edges).map((edge) => edgeLabel(before, edge)),
    },
    // What has to make room for what came is not told.
    { key: 'moved', names: added.length + removed.length > 0 ? [] : movedBetween(before.nodes, after.nodes) },
  ]
  return news.filter(({ names }) => names.length > 0)
}

/** Those of a list that another does not have. Most changes keep the ids, in their order. */
function missingIn<Thing extends { readonly id: string }>(
  known: readonly Thing[],
  list: readonly Thing[],
): readonly Thing[] {
  if (list === known || (list.length === known.length && list.every(({ id }, index) => id === known[index]?.id)))
    return []
  const ids = new Set(known.map(({ id }) => id))
  return list.filter(({ id }) => !ids.has(id))
}

/** Nodes that stand elsewhere, by name and place: "Chat Input (120, 80)". */
function movedBetween(before: FlowDocument['nodes'], after: FlowDocument['nodes']): readonly string[] {
  if (before === after) return []
  const places = new Map(before.map(({ id, position }) => [id, position]))
  return after.flatMap((node) => {
    const from = places.get(node.id)
    const { x, y } = node.position
    return !from || from === node.position || (from.x === x && from.y === y)
      ? []
      : [`${nameOf(node)} (${Math.round(x)}, ${Math.round(y)})`]
  })
}

/** The name a node is spoken of by. */
export const nameOf = (node: FlowNode): string =>
  isFrame(node) ? frameTitle(node) : componentText(node.data.node.display_name)

/** An edge by the names of its ends, and the types that flow: "Chat Input: Chat Message → Model: Input (Message)". */
export function edgeLabel(document: FlowDocument, edge: FlowEdge): string {
  const { source: sourceHandle, target: targetHandle } = canvasHandles(edge)
  const { source, target } = edge
  const types = edge.data?.sourceHandle?.output_types ?? []
  const label = connectionLabel(document, { source, target, sourceHandle, targetHandle })
  return types.length > 0 ? `${label} (${types.join(', ')})` : label
}
