import type { BuildEvent } from './build-events.ts'

/** What may be decided about a call of a tool; the last calls nothing and answers in its place. */
export type ApprovalAction = 'approve' | 'edit' | 'reject' | 'respond'

/** A call of a tool that waits until it is allowed. */
export interface AskedApproval {
  readonly requestId: string
  /** The node that is the tool. */
  readonly nodeId: string
  /** What the model calls it. */
  readonly tool: string
  readonly input: Readonly<Record<string, unknown>>
  readonly actions: readonly ApprovalAction[]
}

/** What waits after an event; the same list when it changes nothing. */
export function askedAfter(asked: readonly AskedApproval[], event: BuildEvent): readonly AskedApproval[] {
  if (event.event === 'human_input_resolved') {
    return asked.filter(({ requestId }) => requestId !== event.data.request_id)
  }
  if (event.event !== 'human_input_required') return asked
  const { request_id: requestId, node_id: nodeId, tool_name: tool, tool_input: input } = event.data
  return [...asked, { requestId, nodeId, tool, input, actions: event.data.allowed_decisions }]
}
