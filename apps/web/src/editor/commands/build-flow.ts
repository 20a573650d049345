import type { FlowDocument } from '../model/flow-document.ts'
import type { Command } from './command.ts'

/** Adds a flow made elsewhere: all of its nodes and edges as one step. Ids it shares with the flow must not be. */
export const buildFlow: Command<{ readonly flow: Pick<FlowDocument, 'nodes' | 'edges'> }> = {
  id: 'build-flow',
  apply: (document, { flow: { nodes, edges } }) =>
    nodes.length === 0
      ? document
      : { ...document, nodes: [...document.nodes, ...nodes], edges: [...document.edges, ...edges] },
}
