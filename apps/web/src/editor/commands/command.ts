import type { FlowDocument } from '../model/flow-document.ts'

/**
 * One way to change a flow: pure, and the same for the mouse, the keyboard, the palette and the tests. `id` names it in
 * the history; its words are `editor:commands.<id>`.
 */
export interface Command<Args> {
  readonly id: string
  /** The document itself when nothing is to be changed. */
  readonly apply: (document: FlowDocument, args: Args) => FlowDocument
}

/** Changes one node; the others stay the same objects. */
export const withNode = (
  document: FlowDocument,
  id: string,
  change: (node: FlowDocument['nodes'][number]) => FlowDocument['nodes'][number],
): FlowDocument => ({ ...document, nodes: document.nodes.map((node) => (node.id === id ? change(node) : node)) })
