import { cancelPublicBuild, readPublicBuildEvents, startPublicBuild } from '@runnel/protocol/builds'
import { AppError } from '@runnel/protocol/errors'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { readCookie } from '../http/cookies.ts'
import { implementOpen } from '../http/implement.ts'
import type { Services } from '../services.ts'
import { sendEvents } from './build-events.ts'
import { type BuildJob, jobNotFound } from './build-jobs.ts'
import { answerCancel, answerStart, toAsked, toDelivery } from './builds.routes.ts'

/** Builds of public flows by visitors, who need no credentials. */
export function publicBuildsRoutes(
  app: FastifyInstance,
  {
    publicBuilds,
    buildJobs,
    authenticator,
    config,
  }: Pick<Services, 'publicBuilds' | 'buildJobs' | 'authenticator' | 'config'>,
): void {
  /** Where everyone is signed in as the local user, a browser is known by its cookie. */
  async function signedIn(request: FastifyRequest): Promise<string | undefined> {
    try {
      const { user, by } = await authenticator.identify(request)
      return by === 'key' || !config.autoLogin ? user.id : undefined
    } catch (error) {
      // Visitors need no credentials, and those of a login that has ended do not matter.
      if (error instanceof AppError) return undefined
      throw error
    }
  }

  implementOpen(app, startPublicBuild, async ({ params, query, body, request, signal }, reply) => {
    const clientId = readCookie(request.headers.cookie, 'client_id')
    const visitor = { clientId, userId: await signedIn(request), address: request.ip }
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
