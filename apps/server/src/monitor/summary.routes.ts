import { readMonitorSummary } from '@runnel/protocol/monitor-summary'
import type { FastifyInstance } from 'fastify'
import { implement } from '../http/implement.ts'
import type { Services } from '../services.ts'

/** How runs went, in sums. */
export function summaryRoutes(app: FastifyInstance, { summaries }: Pick<Services, 'summaries'>): void {
  implement(app, readMonitorSummary, ({ query: { range, scope, flow_id, project_id }, user }) =>
    summaries.read(user, { range, scope, flowId: flow_id, projectId: project_id }),
  )
}
