import { cancelPublicBuild, readPublicBuildEvents, startPublicBuild } from '@runnel/protocol/builds'
import type { FastifyInstance } from 'fastify'
import { readCookie } from '../http/cookies.ts'
import { implementOpen } from '../http/implement.ts'
import type { Services } from '../services.ts'
import { sendEvents } from './build-events.ts'
import { type BuildJob, jobNotFound } from './build-jobs.ts'
import { answerCancel, answerStart, toAsked, toDelivery } from './builds.routes.ts'

/** Builds of public flows by visitors, who need no credentials. */
export function publicBuildsRoutes(
  app: FastifyInstance,
  { publicBuilds, buildJobs }: Pick<Services, 'publicBuilds' | 'buildJobs'>,
): void {
  implementOpen(app, startPublicBuild, async ({ params, query, body, request, signal }, reply) => {
    const visitor = { clientId: readCookie(request.headers.cookie, 'client_id'), address: request.ip }
    const job = await publicBuilds.start(visitor, params.flow_id, toAsked(body, query))
    return answerStart(job, query, reply, signal)
  })

  function visitorsJob(id: string): BuildJob {
    const job = buildJobs.find(id)
    if (job.userId !== null) throw jobNotFound(id)
    return job
  }

  implementOpen(app, readPublicBuildEvents, ({ params, query, signal }, reply) =>
    sendEvents(reply, visitorsJob(params.job_id), toDelivery(query), signal),
  )

  implementOpen(app, cancelPublicBuild, ({ params }) => answerCancel(visitorsJob(params.job_id)))
}
