import { AppError } from '@runnel/protocol/errors'
import { predictFlow, processFlow, readTask } from '@runnel/protocol/legacy'
import type { FastifyInstance } from 'fastify'
import { implement } from '../http/implement.ts'
import type { Services } from '../services.ts'
import { taskAnswer } from './task-answer.ts'

/** Endpoints from before `/run`. */
export function legacyRoutes(app: FastifyInstance, { storage: { runs } }: Pick<Services, 'storage'>): void {
  for (const endpoint of [processFlow, predictFlow]) {
    implement(app, endpoint, ({ params }, reply) => {
      reply.header('deprecation', 'true')
      reply.header('link', `</api/v1/run/${encodeURIComponent(params.flow_id)}>; rel="successor-version"`)
      // Both have always named the first of them.
      throw new AppError('endpoint_deprecated', ['/process'])
    })
  }

  implement(app, readTask, async ({ params, user }) => {
    const run = await runs.get(user.id, params.task_id)
    if (!run) throw new AppError('task_not_found')
    return taskAnswer(run, await runs.steps(user.id, run.id))
  })
}
