import {
  type BuildBody,
  type BuildQuery,
  cancelBuild,
  readBuildEvents,
  readBuiltOutput,
  startBuild,
} from '@runnel/protocol/builds'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { isMember } from '../flows/shown-flow.ts'
import { flowBody, implement, implementOpen } from '../http/implement.ts'
import type { Services } from '../services.ts'
import { type EventDelivery, sendEvents } from './build-events.ts'
import { type BuildJob, jobNotFound } from './build-jobs.ts'
import type { BuildAsked } from './build-service.ts'

type Needed = Pick<Services, 'authenticator' | 'builds' | 'buildJobs'>

/** Builds of a user's own flows. */
export function buildsRoutes(app: FastifyInstance, { authenticator, builds, buildJobs }: Needed): void {
  implement(
    app,
    startBuild,
    async (call, reply) => {
      const { params, query, body, user, author, signal } = call
      const asked = toAsked(body, query)
      const job = isMember(call)
        ? await builds.startOwn(user.id, params.flow_id, await builds.ofMember(call, params.flow_id, asked), author)
        : await builds.startOwn(user.id, params.flow_id, asked)
      return answerStart(job, query, reply, signal)
    },
    flowBody,
  )

  /** The job, if whoever asks may see it: a visitor's by everybody, a user's by that user. */
  async function jobFor(request: FastifyRequest, id: string): Promise<BuildJob> {
    if (buildJobs.get(id)?.userId === null) return buildJobs.find(id)
    const { user } = await authenticator.authenticate(request, 'user')
    const job = buildJobs.find(id)
    if (job.userId !== user.id) throw jobNotFound(id)
    return job
  }

  implementOpen(app, readBuildEvents, async ({ params, query, request, signal }, reply) =>
    sendEvents(reply, await jobFor(request, params.job_id), toDelivery(query), signal),
  )

  implement(app, readBuiltOutput, ({ params, user }) =>
    builds.output(user.id, params.flow_id, params.node_id, params.output),
  )

  implementOpen(app, cancelBuild, async ({ params, request }) => answerCancel(await jobFor(request, params.job_id)))
}

/** Where both say something, the query wins. */
export function toAsked(body: BuildBody, query: BuildQuery): BuildAsked {
  const { inputs, data, files, variables } = body
  return {
    input: { value: inputs?.input_value ?? null, type: inputs?.type ?? null, components: inputs?.components ?? [] },
    sessionId: inputs?.session ?? null,
    data: data ?? null,
    publishedVersion: query.published_version ?? null,
    files: files ?? [],
    // The engine looks them up as headers name them.
    variables: new Map(Object.entries(variables ?? {}).map(([name, value]) => [name.toUpperCase(), value])),
    startId: query.start_component_id || body.start_component_id || null,
    stopId: query.stop_component_id || body.stop_component_id || null,
    toAllEnds: query.to_all_ends ?? false,
    keepSteps: query.log_builds ?? body.log_builds ?? true,
  }
}

/** With direct delivery the events are the answer, and the id of the job a header. */
export function answerStart(job: BuildJob, query: BuildQuery, reply: FastifyReply, signal: AbortSignal): unknown {
  if (query.event_delivery !== 'direct') return { job_id: job.id }
  return sendEvents(reply.header('x-langflow-job-id', job.id), job, 'stream', signal)
}

/** How the events of a build are wanted, of what a query says of it. */
export function toDelivery(query: {
  readonly stream: boolean
  readonly event_delivery?: BuildQuery['event_delivery'] | undefined
  readonly from_start?: boolean
}): EventDelivery {
  if (query.event_delivery === 'polling') return query.from_start ? 'poll-anew' : 'poll'
  return query.event_delivery === undefined && !query.stream ? 'all' : 'stream'
}

/** Ends a build; one that has ended is as good. */
export async function answerCancel(job: BuildJob) {
  await job.cancel()
  return { success: true, message: 'Flow build cancelled successfully' }
}
