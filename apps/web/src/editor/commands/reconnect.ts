import { type Connection, refusalOf } from '../model/compatibility.ts'
import type { Command } from './command.ts'
import { connect } from './connect.ts'

/** Moves one end of an edge to another handle. */
export const reconnect: Command<{ readonly edgeId: string; readonly connection: Connection }> = {
  id: 'reconnect',
  apply(document, { edgeId, connection }) {
    const without = { ...document, edges: document.edges.filter(({ id }) => id !== edgeId) }
    return refusalOf(without, connection) ? document : connect.apply(without, connection)
  },
}
