import { AppError } from '@runnel/protocol/errors'
import type { JsonObject } from '@runnel/protocol/json'
import type { Tool } from '@runnel/sdk'
import type { Graph } from './graph.ts'
import type { RunScope } from './run-scope.ts'

/** What somebody who is asked before a tool is called can say. */
export const APPROVAL_ACTIONS = ['approve', 'edit', 'reject', 'respond'] as const
export type ApprovalAction = (typeof APPROVAL_ACTIONS)[number]

/** A call of a tool that waits for somebody to allow it. */
export interface ApprovalRequest {
  readonly id: string
  /** The node that is the tool. */
  readonly nodeId: string
  /** What the model calls the tool. */
  readonly tool: string
  readonly input: JsonObject
  readonly actions: readonly ApprovalAction[]
}

export type ApprovalDecision =
  | { readonly action: 'approve' }
  /** Call it with other arguments. */
  | { readonly action: 'edit'; readonly input: JsonObject }
  /** Do not call it; the model is told so, and why. */
  | { readonly action: 'reject'; readonly text: string }
  /** Do not call it; the model is told this as if the tool had said it. */
  | { readonly action: 'respond'; readonly text: string }

/** The actions a row of `tools_metadata` asks for; none when the tool is called unasked. */
export const approvalActions = (given: unknown): readonly ApprovalAction[] =>
  Array.isArray(given) ? APPROVAL_ACTIONS.filter((action) => given.includes(action)) : []

/** Whether some tool of a flow asks before it is called. */
export const asksPeople = ({ nodes }: Graph): boolean =>
  nodes.some(({ toolRows = [] }) => toolRows.some((row) => approvalActions(row.approval_actions).length > 0))

/**
 * A tool that is called once somebody has allowed it, with the arguments they have seen.
 * @returns the tool as it is when there is nothing to ask
 */
export function withApproval(
  { ports, emit }: Pick<RunScope, 'ports' | 'emit'>,
  tool: Tool,
  nodeId: string,
  asked: unknown,
): Tool {
  const actions = approvalActions(asked)
  if (actions.length === 0) return tool
  return {
    ...tool,
    async call(input, signal, caller) {
      // The arguments of a model are JSON.
      const request: ApprovalRequest = {
        id: ports.newId(),
        nodeId,
        tool: tool.name,
        input: input as JsonObject,
        actions,
      }
      const waiting = ports.approvals.ask(request, signal)
      emit({ type: 'approval-ask', request })
      let decision: ApprovalDecision
      try {
        decision = await waiting
      } finally {
        emit({ type: 'approval-end', requestId: request.id })
      }
      switch (decision.action) {
        case 'approve':
          return tool.call(input, signal, caller)
        case 'edit':
          return tool.call(decision.input, signal, caller)
        case 'respond':
          return decision.text
        case 'reject':
          throw new AppError('tool_refused', [tool.name, decision.text])
        default:
          return decision satisfies never
      }
    },
  }
}
