import type { FlowRead } from '@runnel/protocol/flows'
import { catalogueQuery } from '../api/catalogue.ts'
import { queryClient } from '../api/client.ts'
import { type Catalogue, createCatalogue } from '../editor/catalogue.ts'
import { type FlowNode, isNote, readDocument } from '../editor/model/flow-document.ts'
import { leavesOf } from '../editor/model/groups.ts'
import { componentText } from '../i18n/component-text.ts'

/** Something about an imported flow its user should know: a word of `flows`, and what it is about. */
export interface ImportNote {
  readonly key: 'report.unknown' | 'report.edges' | 'report.nodes'
  readonly flow: string
  readonly names: readonly string[]
  readonly count: number
}

/** What of imported flows does not run here, or is not shown. Rejects when the server does not list its components. */
export async function importReport(flows: readonly FlowRead[]): Promise<readonly ImportNote[]> {
  const catalogue = createCatalogue(await queryClient.fetchQuery(catalogueQuery))
  return flows.flatMap((flow) => notesOf(flow, catalogue))
}

/** What there is to say of one flow. */
export function notesOf(
  { name: flow, data }: Pick<FlowRead, 'name' | 'data'>,
  known: Pick<Catalogue, 'has'>,
): readonly ImportNote[] {
  const { nodes, edges } = readDocument(data)
  const runs = nodes.filter((node) => !isNote(node)).flatMap((node) => [node, ...leavesOf(node)])
  const title = ({ data: { node } }: FlowNode): string => componentText(node.display_name)
  const unknown = [...new Set(runs.filter((node) => !known.has(node)).map(title))]
  const ids = new Set(nodes.map(({ id }) => id))
  const loose = edges.filter(({ source, target }) => !ids.has(source) || !ids.has(target))
  const stored: unknown = data && 'nodes' in data ? data.nodes : []
  const unread = Array.isArray(stored) ? stored.length - nodes.length : 0
  const note = (key: ImportNote['key'], count: number, names: readonly string[] = []): readonly ImportNote[] =>
    count > 0 ? [{ key, flow, names, count }] : []
  return [
    ...note('report.unknown', unknown.length, unknown),
    ...note('report.edges', loose.length),
    ...note('report.nodes', unread),
  ]
}
