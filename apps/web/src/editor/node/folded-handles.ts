import type { NodeData } from '../model/flow-document.ts'
import { hasHandle, type NamedField, type OutputRow, outputRows, shownFields } from './node-parts.ts'
import type { Connected } from './use-connected.ts'

export interface FoldedHandles {
  readonly inputs: readonly NamedField[]
  /** Outputs whose feedback end has an edge. */
  readonly loops: readonly OutputRow[]
  readonly outputs: readonly OutputRow[]
  /** Whether the node has more than these. */
  readonly lacksSome: boolean
}

/** The handles a folded node keeps: each that has an edge; the first of a side that has none. */
export function foldedHandles(data: NodeData, connected: Connected): FoldedHandles {
  const { node } = data
  const fields = shownFields(node, connected.fields).filter(([name, field]) =>
    hasHandle(node, field, connected.fields.has(name)),
  )
  const rows = outputRows(data, connected.outputs, false)
  const feedback = rows.filter(({ output }) => output.allows_loop)
  const inputs = connectedOrFirst(fields, ([name]) => connected.fields.has(name))
  const loops = feedback.filter(({ output }) => connected.outputs.has(output.name))
  const outputs = connectedOrFirst(rows, ({ output }) => connected.outputs.has(output.name))
  const lacksSome = inputs.length < fields.length || loops.length < feedback.length || outputs.length < rows.length
  return { inputs, loops, outputs, lacksSome }
}

function connectedOrFirst<Item>(items: readonly Item[], isConnected: (item: Item) => boolean): readonly Item[] {
  const chosen = items.filter(isConnected)
  return chosen.length > 0 ? chosen : items.slice(0, 1)
}
