import { componentText } from '../../i18n/component-text.ts'
import { type Connection, refusalOf, takesEdges } from '../model/compatibility.ts'
import { type FlowDocument, type FlowNode, fieldsOf, isNote, nodeOf, type Point } from '../model/flow-document.ts'
import { isFrame, shownFlow } from '../model/frames.ts'
import { canvasHandles, fieldHandleId, type HandleId, handleName, outputHandleId } from '../model/handles.ts'

/** An edge that could be drawn from a node, as it is offered in a list. */
export interface Partner {
  readonly connection: Connection
  readonly label: string
}

type ConnectionEnds = Pick<Connection, 'source' | 'target'> & {
  readonly sourceHandle?: string | null | undefined
  readonly targetHandle?: string | null | undefined
}

/** Whether the keyboard passes a node by: a note, or what is hidden in a folded frame. */
export const passedBy = (document: FlowDocument, at: ReadonlySet<string>): ((id: string) => boolean) => {
  const seen = new Set(
    shownFlow(document, at)
      .nodes.filter(isStop)
      .map(({ id }) => id),
  )
  return (id) => !seen.has(id)
}

const isStop = (node: FlowNode): boolean => !isNote(node) || isFrame(node)

/** The next node in a direction: near, and not far to the side. */
export function nearest(document: FlowDocument, from: FlowNode | undefined, direction: Point): string | undefined {
  const seen = shownFlow(document, new Set(from && [from.id]))
  const others = seen.nodes.filter((node) => isStop(node) && node.id !== from?.id)
  if (!from) return others[0]?.id
  const ranked = others
    .map((node) => {
      const x = node.position.x - from.position.x
      const y = node.position.y - from.position.y
      const ahead = x * direction.x + y * direction.y
      const aside = Math.abs(x * direction.y) + Math.abs(y * direction.x)
      return { id: node.id, ahead, cost: ahead + aside * 2 }
    })
    .filter(({ ahead }) => ahead > 0)
    .sort((a, b) => a.cost - b.cost)
  return ranked[0]?.id
}

/** Every edge a node could have, nearest first: from its outputs, then into its fields. @param handle only of this one */
export function partnersOf(document: FlowDocument, node: FlowNode, handle?: HandleId): readonly Partner[] {
  const distance = (other: FlowNode): number =>
    Math.hypot(other.position.x - node.position.x, other.position.y - node.position.y)
  const others = document.nodes
    .filter((other) => other.id !== node.id && !isNote(other))
    .sort((a, b) => distance(a) - distance(b))
  const taken = new Set(
    document.edges.map((edge) => {
      const { source, target } = canvasHandles(edge)
      return `${edge.source} ${source} ${edge.target} ${target}`
    }),
  )
  const pairs = others.flatMap((other) => [...pairsOf(node, other), ...pairsOf(other, node)])
  const isOfHandle = ({ source, sourceHandle, targetHandle }: Connection): boolean =>
    handle === undefined || (source === node.id ? sourceHandle : targetHandle) === handle
  return pairs
    .filter(isOfHandle)
    .filter(
      ({ source, sourceHandle, target, targetHandle }) =>
        !taken.has(`${source} ${sourceHandle} ${target} ${targetHandle}`),
    )
    .filter((connection) => refusalOf(document, connection) === undefined)
    .map((connection) => ({ connection, label: connectionLabel(document, connection) }))
}

const pairsOf = (from: FlowNode, to: FlowNode): readonly Connection[] =>
  (from.data.node.outputs ?? []).flatMap((output) =>
    fieldsOf(to.data.node)
      .filter(([, field]) => field.show !== false && !field.advanced && takesEdges(field))
      .map(([name]) => ({
        source: from.id,
        sourceHandle: outputHandleId(output.name),
        target: to.id,
        targetHandle: fieldHandleId(name),
      })),
  )

/** A connection by the names of what it joins: "Chat Input: Chat Message → Model: Input". */
export function connectionLabel(
  document: FlowDocument,
  { source, sourceHandle, target, targetHandle }: ConnectionEnds,
): string {
  const [from, to] = [nodeOf(document, source)?.data.node, nodeOf(document, target)?.data.node]
  const output = from?.outputs?.find(({ name }) => name === handleName(sourceHandle ?? ''))
  const field = to?.template[handleName(targetHandle ?? '')]
  const left = `${componentText(from?.display_name ?? '')}: ${componentText(output?.display_name ?? '')}`
  return `${left} → ${componentText(to?.display_name ?? '')}: ${componentText(field?.display_name || handleName(targetHandle ?? ''))}`
}

/** The far end of an edge, as it is offered in a list. */
export interface EdgeEnd {
  readonly nodeId: string
  readonly label: string
}

/** Where the edges of a node lead, or come from; several edges from one node are one way. */
export function endsOf({ nodes, edges }: FlowDocument, id: string, isOut: boolean): readonly EdgeEnd[] {
  const own = edges.filter(({ source, target }) => (isOut ? source : target) === id)
  const ends = new Set(own.map(({ source, target }) => (isOut ? target : source)))
  const names = Map.groupBy(
    nodes.filter((node) => ends.has(node.id)),
    ({ data }) => componentText(data.node.display_name),
  )
  // Nodes of one name are told apart by their ids.
  return [...names].flatMap(([name, alike]) =>
    alike.map((node) => ({ nodeId: node.id, label: alike.length > 1 ? `${name} · ${node.id}` : name })),
  )
}
