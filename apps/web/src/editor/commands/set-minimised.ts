import { isNote } from '../model/flow-document.ts'
import type { Command } from './command.ts'

/** Folds nodes to their header, or unfolds them. */
export const setMinimised: Command<{ readonly nodes: ReadonlySet<string>; readonly minimised: boolean }> = {
  id: 'set-minimised',
  apply(document, { nodes, minimised }) {
    const differs = (id: string, showNode: boolean | undefined): boolean =>
      nodes.has(id) && (showNode === false) !== minimised
    if (!document.nodes.some((node) => differs(node.id, node.data.showNode) && !isNote(node))) return document
    return {
      ...document,
      nodes: document.nodes.map((node) =>
        differs(node.id, node.data.showNode) && !isNote(node)
          ? { ...node, data: { ...node.data, showNode: !minimised } }
          : node,
      ),
    }
  },
}
