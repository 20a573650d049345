import { type Connection, refusalOf, sourceOf, targetOf } from '../model/compatibility.ts'
import { nodeOf } from '../model/flow-document.ts'
import { canvasHandles, handleName, makeEdge } from '../model/handles.ts'
import type { Command } from './command.ts'

/** Draws an edge. An edge in a field that takes only one is replaced; one that cannot fit is not drawn. */
export const connect: Command<Connection> = {
  id: 'connect',
  apply(document, connection) {
    const targetNode = nodeOf(document, connection.target)
    const source = sourceOf(nodeOf(document, connection.source), connection.sourceHandle)
    const target = targetOf(targetNode, connection.targetHandle)
    if (!source || !target || refusalOf(document, connection)) return document
    const edge = makeEdge(source, target)
    const field = targetNode?.data.node.template[handleName(connection.targetHandle ?? '')]
    const takesMany = field === undefined || field.list === true
    const others = document.edges.filter(
      (one) =>
        one.id !== edge.id &&
        (takesMany || one.target !== edge.target || canvasHandles(one).target !== connection.targetHandle),
    )
    return { ...document, edges: [...others, edge] }
  },
}
