import type { ApprovalDecision, ApprovalRequest } from '@runnel/engine/approved-tool'
import type { RunPorts } from '@runnel/engine/ports'
import { AppError } from '@runnel/protocol/errors'

interface Waiting {
  readonly userId: string
  readonly actions: ApprovalRequest['actions']
  decide(decision: ApprovalDecision): void
}

export type Approvals = ReturnType<typeof createApprovals>

/** Calls of tools that wait for somebody to allow them; they wait as long as their runs. */
export function createApprovals() {
  const waiting = new Map<string, Waiting>()
  return {
    /** Asks the user who follows the run. */
    of: (userId: string): RunPorts['approvals'] => ({
      ask: ({ id, actions }, signal) =>
        new Promise((resolve, reject) => {
          signal.throwIfAborted()
          const onAbort = (): void => {
            waiting.delete(id)
            reject(signal.reason)
          }
          signal.addEventListener('abort', onAbort, { once: true })
          waiting.set(id, {
            userId,
            actions,
            decide(decision) {
              waiting.delete(id)
              signal.removeEventListener('abort', onAbort)
              resolve(decision)
            },
          })
        }),
    }),

    /** @throws AppError `approval_closed`, `approval_not_offered` */
    decide(userId: string, id: string, decision: ApprovalDecision): void {
      const found = waiting.get(id)
      if (found?.userId !== userId) throw new AppError('approval_closed')
      if (!found.actions.includes(decision.action)) throw new AppError('approval_not_offered', [decision.action])
      found.decide(decision)
    },
  }
}
