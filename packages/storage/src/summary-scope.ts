import type { Kysely } from 'kysely'
import type { Database } from './database.ts'

/** Which runs are summed up. */
export interface SummaryScope {
  /** The owner's runs; everybody's when it is absent. */
  readonly userId?: string
  readonly flowId?: string
  readonly projectId?: string
  /** Epoch milliseconds the runs began at or after, and before. */
  readonly since: number
  readonly until: number
}

/** A scope whose time is cut into slots of one length (milliseconds), numbered from 0. */
export interface SlottedScope extends SummaryScope {
  readonly slotMs: number
}

export const isOfSomeFlows = ({ flowId, projectId }: SummaryScope): boolean =>
  flowId !== undefined || projectId !== undefined

/** The ids of the flows of a scope. */
export function flowsIn(db: Kysely<Database>, { userId, flowId, projectId }: SummaryScope) {
  let flows = db.selectFrom('flow').select('flow.id')
  if (userId !== undefined) flows = flows.where('flow.user_id', '=', userId)
  if (flowId !== undefined) flows = flows.where('flow.id', '=', flowId)
  if (projectId !== undefined) flows = flows.where('flow.project_id', '=', projectId)
  return flows
}
