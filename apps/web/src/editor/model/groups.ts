import { componentText } from '../../i18n/component-text.ts'
import { type FlowDocument, type FlowNode, isNote, nodesById } from './flow-document.ts'

/** A node inside of a group, however deep. */
export interface InnerNode {
  /** The outermost group it stands in. */
  readonly group: FlowNode
  readonly node: FlowNode
}

const inner = new WeakMap<FlowDocument['nodes'], ReadonlyMap<string, InnerNode>>()

/** What stands in the groups of a flow and runs in their place, by id. */
export function innerNodes(nodes: FlowDocument['nodes']): ReadonlyMap<string, InnerNode> {
  const known = inner.get(nodes)
  if (known) return known
  const made = new Map(nodes.flatMap((group) => leavesOf(group).map((node) => [node.id, { group, node }] as const)))
  inner.set(nodes, made)
  return made
}

/** What runs in the place of a group: the nodes in it, and in the groups in it. Nothing for any other node. */
export const leavesOf = ({ data }: FlowNode): readonly FlowNode[] =>
  (data.node.flow?.data.nodes ?? [])
    .filter((node) => !isNote(node))
    .flatMap((node) => (node.data.node.flow ? leavesOf(node) : [node]))

/** The groups of a flow, of whose runs those of the nodes inside tell. */
export const groupIds = ({ nodes }: FlowDocument): readonly string[] =>
  nodes.filter(({ data }) => data.node.flow !== undefined).map(({ id }) => id)

/** Where on the canvas a node that ran is: itself, or the group it stands in. */
export const standsAt = ({ nodes }: FlowDocument, id: string): string => innerNodes(nodes).get(id)?.group.id ?? id

/** What a node that ran is called: "Language Model", inside of a group "Group: Language Model". */
export function nodeTitle({ nodes }: FlowDocument, id: string): string {
  const title = ({ data }: FlowNode): string => componentText(data.node.display_name)
  const node = nodesById(nodes).get(id)
  if (node) return title(node)
  const found = innerNodes(nodes).get(id)
  return found ? `${title(found.group)}: ${title(found.node)}` : id
}
