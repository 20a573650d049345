import type { FlowNode } from '../model/flow-document.ts'
import type { Command } from './command.ts'

/** Adds a node made by `newNode` or `newNote`. */
export const addNode: Command<{ readonly node: FlowNode }> = {
  id: 'add-node',
  apply: (document, { node }) => ({ ...document, nodes: [...document.nodes, node] }),
}
