import { nodeOf } from '../model/flow-document.ts'
import { type Command, withNode } from './command.ts'

/** Pins values to outputs of a node, which gives them in the editor instead of running, or takes the pins away. */
export const pinOutputs: Command<{
  readonly nodeId: string
  /** By output; undefined: none. */
  readonly outputs: Readonly<Record<string, unknown>> | undefined
}> = {
  id: 'pin-outputs',
  apply(document, { nodeId, outputs }) {
    const component = nodeOf(document, nodeId)?.data.node
    if (!component || component.pinned_outputs === outputs) return document
    const { pinned_outputs: _, ...rest } = component
    const next = { ...rest, ...(outputs && { pinned_outputs: outputs }) }
    return withNode(document, nodeId, (node) => ({ ...node, data: { ...node.data, node: next } }))
  },
}
