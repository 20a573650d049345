import type { ComponentNode } from '../model/flow-document.ts'
import { type Command, withNode } from './command.ts'
import { fitEdges } from './fit-edges.ts'

/** Changes what a node holds beside its fields: name, description, frozen, tool mode… */
export const setComponent: Command<{ readonly nodeId: string; readonly change: Partial<ComponentNode> }> = {
  id: 'set-component',
  apply: (document, { nodeId, change }) =>
    fitEdges(
      withNode(document, nodeId, (node) => ({
        ...node,
        data: { ...node.data, node: { ...node.data.node, ...change } },
      })),
      nodeId,
    ),
}
