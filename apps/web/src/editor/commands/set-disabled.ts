import { type ComponentNode, type FlowDocument, type FlowNode, isNote } from '../model/flow-document.ts'
import type { Command } from './command.ts'

/** Switches nodes off, so that their branches stop or what comes in goes on as it is, or on again. */
export const setDisabled: Command<{
  readonly nodes: ReadonlySet<string>
  /** Undefined: on. */
  readonly disabled: ComponentNode['disabled']
}> = {
  id: 'set-disabled',
  apply(document, { nodes, disabled }) {
    const isChanged = ({ id, data, type }: FlowNode): boolean =>
      nodes.has(id) && !isNote({ type }) && data.node.disabled !== disabled
    return document.nodes.some(isChanged)
      ? { ...document, nodes: document.nodes.map((node) => (isChanged(node) ? withDisabled(node, disabled) : node)) }
      : document
  },
}

function withDisabled(node: FlowNode, disabled: ComponentNode['disabled']): FlowDocument['nodes'][number] {
  const { disabled: _, ...component } = node.data.node
  return { ...node, data: { ...node.data, node: { ...component, ...(disabled && { disabled }) } } }
}
