import type { FlowDocument, FlowNode } from '../model/flow-document.ts'
import { type Fragment, fragmentOf } from './duplicate.ts'

/** At most one of each of these makes sense in a flow. */
const SINGLE = new Set(['ChatInput', 'Webhook'])

/** Whether a flow has its only node of this type already. */
export const isTaken = ({ nodes }: Pick<FlowDocument, 'nodes'>, type: string): boolean =>
  SINGLE.has(type) && nodes.some(({ data }) => data.type === type)

/** What of a fragment can come into a flow, and the nodes that cannot, of which the flow takes one. */
export function withoutSurplus(
  document: Pick<FlowDocument, 'nodes'>,
  fragment: Fragment,
): { readonly fits: Fragment; readonly surplus: readonly FlowNode[] } {
  const surplus = fragment.nodes.filter(
    ({ data }, index) => isTaken(document, data.type) || isTaken({ nodes: fragment.nodes.slice(0, index) }, data.type),
  )
  const kept = new Set(fragment.nodes.filter((node) => !surplus.includes(node)).map(({ id }) => id))
  return { fits: fragmentOf(fragment, kept), surplus }
}
