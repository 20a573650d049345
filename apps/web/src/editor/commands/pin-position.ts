import type { FlowNode } from '../model/flow-document.ts'
import type { Command } from './command.ts'

/** Makes nodes keep their places, or lets them go. Stored as the canvas library has it, which other editors read too. */
export const pinPosition: Command<{ readonly nodes: ReadonlySet<string>; readonly pinned: boolean }> = {
  id: 'pin-position',
  apply(document, { nodes, pinned }) {
    const differs = ({ id, draggable }: FlowNode): boolean => nodes.has(id) && (draggable === false) !== pinned
    if (!document.nodes.some(differs)) return document
    return { ...document, nodes: document.nodes.map((node) => (differs(node) ? placed(node, pinned) : node)) }
  },
}

function placed({ draggable: _, ...node }: FlowNode, pinned: boolean): FlowNode {
  return pinned ? { ...node, draggable: false } : node
}
