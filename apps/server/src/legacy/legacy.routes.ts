import { AppError } from '@runnel/protocol/errors'
import { predictFlow, processFlow, readTask, stopTask } from '@runnel/protocol/legacy'
import { isFinal } from '@runnel/storage/job-repository'
import type { FastifyInstance } from 'fastify'
import { implement } from '../http/implement.ts'
import type { Services } from '../services.ts'
import { taskAnswer } from './task-answer.ts'

/** Endpoints from before `/run`. */
export function legacyRoutes(
  app: FastifyInstance,
  { storage: { runs }, queue }: Pick<Services, 'storage' | 'queue'>,
): void {
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

  implement(app, stopTask, async ({ params, user }) => {
    const found = await runs.get(user.id, params.task_id)
    if (!found) throw new AppError('task_not_found')
    if (!isFinal(found) && !(await queue.cancel(found.id))) {
      // It may have ended since it was looked at.
      const again = await runs.get(user.id, found.id)
      if (again && !isFinal(again)) throw new AppError('task_not_background')
    }
    const run = await runs.get(user.id, found.id)
    if (!run) throw new AppError('task_not_found')
    return taskAnswer(run, await runs.steps(user.id, run.id))
  })
}
