import { componentText } from '../../i18n/component-text.ts'
import type { FlowDocument, FlowEdge } from '../model/flow-document.ts'
import { canvasHandles } from '../model/handles.ts'
import { connectionLabel } from './neighbours.ts'

/** What a change did to a flow, to be told to somebody who does not see it (D-13). */
export interface DocumentNews {
  readonly key: 'added' | 'removed' | 'connected' | 'disconnected'
  /** What it was done to, by name. */
  readonly names: readonly string[]
}

/** What came and what went. A change of values alone is no news: whoever makes it knows. */
export function documentNews(before: FlowDocument, after: FlowDocument): readonly DocumentNews[] {
  if (before.nodes.length === after.nodes.length && before.edges.length === after.edges.length) return []
  const nodeNames = (from: FlowDocument, than: FlowDocument): readonly string[] => {
    const known = new Set(than.nodes.map(({ id }) => id))
    return from.nodes.filter(({ id }) => !known.has(id)).map(({ data }) => componentText(data.node.display_name))
  }
  const edgeNames = (from: FlowDocument, than: FlowDocument): readonly string[] => {
    const known = new Set(than.edges.map(({ id }) => id))
    return from.edges.filter(({ id }) => !known.has(id)).map((edge) => edgeLabel(from, edge))
  }
  const removed = nodeNames(before, after)
  const news: readonly DocumentNews[] = [
    { key: 'added', names: nodeNames(after, before) },
    { key: 'removed', names: removed },
    { key: 'connected', names: edgeNames(after, before) },
    // The edges of a node that went have gone with it.
    { key: 'disconnected', names: removed.length > 0 ? [] : edgeNames(before, after) },
  ]
  return news.filter(({ names }) => names.length > 0)
}

/** An edge by the names of its ends, and the types that flow: "Chat Input: Chat Message → Model: Input (Message)". */
export function edgeLabel(document: FlowDocument, edge: FlowEdge): string {
  const { source: sourceHandle, target: targetHandle } = canvasHandles(edge)
  const { source, target } = edge
  const types = edge.data?.sourceHandle?.output_types ?? []
  const label = connectionLabel(document, { source, target, sourceHandle, targetHandle })
  return types.length > 0 ? `${label} (${types.join(', ')})` : label
}
