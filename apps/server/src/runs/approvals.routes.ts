import type { ApprovalDecision } from '@runnel/engine/approved-tool'
import { type ApprovalBody, decideApproval } from '@runnel/protocol/approvals'
import type { FastifyInstance } from 'fastify'
import { implement } from '../http/implement.ts'
import type { Services } from '../services.ts'

/** What people decide about tools that ask. */
export function approvalsRoutes(app: FastifyInstance, { approvals }: Pick<Services, 'approvals'>): void {
  implement(app, decideApproval, async ({ params, body, user }) => {
    approvals.decide(user.id, params.request_id, toDecision(body))
    return { request_id: params.request_id, action_id: body.action_id }
  })
}

function toDecision(body: ApprovalBody): ApprovalDecision {
  const { action_id: action, ...rest } = body
  // Each form of the body is one of the decisions, under another key.
  return { action, ...rest } as ApprovalDecision
}
