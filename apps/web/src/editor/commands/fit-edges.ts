import { handlesFit, sourceOf, takesEdges, targetOf } from '../model/compatibility.ts'
import { type FlowDocument, type FlowEdge, nodeOf } from '../model/flow-document.ts'
import { canvasHandles, handleName, makeEdge, printHandle } from '../model/handles.ts'

/**
 * The document with the edges of a node as its handles are now: an edge whose handle is gone or no longer fits is
 * dropped, one whose handle has changed is written anew. The edges of a group belong to its inner nodes and stay.
 */
export function fitEdges(document: FlowDocument, nodeId: string): FlowDocument {
  if (nodeOf(document, nodeId)?.data.node.flow) return document
  let isChanged = false
  const edges: FlowEdge[] = []
  for (const edge of document.edges) {
    const fitted = edge.source === nodeId || edge.target === nodeId ? fitEdge(document, edge, nodeId) : edge
    isChanged ||= fitted !== edge
    if (fitted) edges.push(fitted)
  }
  return isChanged ? { ...document, edges } : document
}

function fitEdge(document: FlowDocument, edge: FlowEdge, nodeId: string): FlowEdge | undefined {
  const handles = canvasHandles(edge)
  const [from, to] = [nodeOf(document, edge.source), nodeOf(document, edge.target)]
  const isLost = (edge.source === nodeId && !handles.source) || (edge.target === nodeId && !handles.target)
  if (isLost) return undefined
  if (!from || !to || from.data.node.flow || to.data.node.flow) return edge
  const source = sourceOf(from, handles.source)
  const target = targetOf(to, handles.target)
  if (!source || !target) return undefined
  const field = target.fieldName === undefined ? undefined : to.data.node.template[handleName(handles.target ?? '')]
  if ((field && !takesEdges(field)) || !handlesFit(source, target)) return undefined
  const isSame = edge.sourceHandle === printHandle(source) && edge.targetHandle === printHandle(target)
  const kept = edge.data?.sourceHandle && edge.data.targetHandle
  if (isSame || (kept && sameEnds(edge, source, target))) return edge
  return { ...edge, ...makeEdge(source, target) }
}

/** The file may print handles with other spaces. */
function sameEnds({ data }: FlowEdge, source: object, target: object): boolean {
  return (
    printHandle(data?.sourceHandle ?? {}) === printHandle(source) &&
    printHandle(data?.targetHandle ?? {}) === printHandle(target)
  )
}

/** Edges the first document has and the second lacks, whatever their handles are called. */
export function lostEdges(before: FlowDocument, after: FlowDocument): readonly FlowEdge[] {
  if (before.edges === after.edges) return []
  const key = (edge: FlowEdge): string => {
    const { source, target } = canvasHandles(edge)
    return [edge.source, source, edge.target, target].join(' ')
  }
  const left = new Set(after.edges.map(key))
  return before.edges.filter((edge) => !left.has(key(edge)))
}
