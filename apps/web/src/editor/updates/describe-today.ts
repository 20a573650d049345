import type { Client } from '@runnel/client'
import { describeNode } from '@runnel/protocol/editing'
import type { CatalogueEntry } from '../catalogue.ts'
import type { DescribedNode } from '../commands/update-components.ts'
import type { ComponentNode, FlowNode } from '../model/flow-document.ts'

/** Asks the server what a node is today, with the values the user has given it. */
export async function describeToday(
  client: Pick<Client, 'call'>,
  { id, data: { type, node } }: FlowNode,
  { component }: CatalogueEntry,
  signal?: AbortSignal,
): Promise<DescribedNode> {
  const source: unknown = component.template.code?.value
  const { data } = await client.call(describeNode, {
    body: {
      code: typeof source === 'string' ? source : '',
      frontend_node: { ...node, type, tool_mode: node.tool_mode === true },
    },
    ...(signal && { signal }),
  })
  // The server describes nodes in the same words as its catalogue.
  return { nodeId: id, sent: node, answer: { ...(data as unknown as ComponentNode), edited: false } }
}
