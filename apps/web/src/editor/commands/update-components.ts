import type { ComponentNode } from '../model/flow-document.ts'
import type { Command } from './command.ts'
import { refreshComponent } from './refresh-component.ts'

/** A node as it was when the server was asked, and how the server describes it today. */
export interface DescribedNode {
  readonly nodeId: string
  readonly sent: ComponentNode
  readonly answer: ComponentNode
}

/** Brings nodes to the state of their components today, as one step; values stay, edges that no longer fit go. */
export const updateComponents: Command<{ readonly nodes: readonly DescribedNode[] }> = {
  id: 'update-components',
  apply: (document, { nodes }) => nodes.reduce((result, node) => refreshComponent.apply(result, node), document),
}
