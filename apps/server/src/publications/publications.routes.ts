import {
  changePublication,
  checkPublication,
  deletePublishedVersion,
  diffPublication,
  listPublications,
  type Publication,
  type PublishedVersion,
  publishFlow,
  readPublication,
  readPublishedVersion,
  restorePublishedVersion,
  rollbackPublication,
  unpublishFlow,
} from '@runnel/protocol/publications'
import { toPage } from '@runnel/protocol/query'
import type { PublishedVersionHeader, UserRecord } from '@runnel/storage/records'
import type { FastifyInstance } from 'fastify'
import { removeSecrets } from '../flows/flow-graph.ts'
import { editorOf } from '../flows/flow-service.ts'
import { flowJson } from '../flows/flow-wire.ts'
import { shownTo } from '../flows/shown-flow.ts'
import { isoMicroseconds } from '../http/dates.ts'
import { flowBody, implement } from '../http/implement.ts'
import { RawJson } from '../http/raw-json.ts'
import type { Services } from '../services.ts'
import { contractIn, type PublishedFlow, wireProblem } from './publication-service.ts'

/** Seconds answers are kept when a cache is switched on without a time. */
const USUAL_CACHE_SECONDS = 300

/** Publishing flows, and what is published. */
export function publicationsRoutes(
  app: FastifyInstance,
  { publications, usage }: Pick<Services, 'publications' | 'usage'>,
): void {
  /** As clients see them, with how much they are called. */
  async function toRead(found: readonly PublishedFlow[], user: UserRecord): Promise<readonly Publication[]> {
    const ids = found.map(({ flow }) => flow.id)
    const { totals, today } = await usage.ofFlows(user.id, ids)
    return found.map(({ publication, flow, latest, isOutdated }) => {
      const total = totals.get(flow.id)
      const day = today.get(flow.id)
      return {
        flow_id: flow.id,
        name: flow.name,
        description: flow.description,
        project_id: flow.projectId,
        endpoint_name: flow.endpointName,
        version: latest.number,
        published_at: isoMicroseconds(latest.createdAt),
        published_by: latest.author ?? user.username,
        note: latest.note,
        status: !publication.isLive ? 'unpublished' : isOutdated ? 'outdated' : 'published',
        endpoint: `/v1/api/workflow/run/${flow.id}`,
        ...contractIn(latest),
        cache_seconds: publication.cacheSeconds,
        rate_limit: publication.rateLimit,
        calls_total: total?.calls ?? 0,
        last_called_at: total ? isoMicroseconds(total.lastAt) : null,
        today: { calls: day?.calls ?? 0, errors: day?.errors ?? 0, p95_ms: day?.p95_ms ?? null },
      }
    })
  }
  const oneRead = async (found: PublishedFlow, user: UserRecord) => (await toRead([found], user))[0]

  implement(
    app,
    publishFlow,
    async (call) => {
      const { params, body, user } = call
      const { data, note, accept_breaking: acceptBreaking } = body ?? {}
      const asked = { note, acceptBreaking, ...(data && { data }) }
      const found = await publications.publish(editorOf(call), params.flow_id, asked)
      return oneRead(found, user)
    },
    flowBody,
  )

  implement(app, listPublications, async ({ query: { page, size, search }, user }) => {
    const { items, total } = await publications.list(user.id, { page, size, ...(search && { search }) })
    return toPage(await toRead(items, user), { total, page, size })
  })

  implement(app, readPublication, async ({ params, query, user }) => {
    if (query.or_null && !(await publications.isKnown(user.id, params.flow_id))) return null
    const found = await publications.read(user.id, params.flow_id)
    const versions = await publications.versions(user.id, params.flow_id)
    return {
      ...(await oneRead(found, user)),
      versions: versions.map((version) => versionRead(version, found.publication.version, user)),
    }
  })

  implement(app, checkPublication, async ({ params, user }) => {
    const { problems, warnings, ...found } = await publications.check(user.id, params.flow_id)
    return {
      ready: problems.length === 0,
      problems: problems.map(wireProblem),
      warnings: warnings.map(wireProblem),
      ...found,
    }
  })

  implement(app, changePublication, async ({ params, body, user }) => {
    const { rate_limit: rateLimit, cache } = body
    const usual = cache === undefined ? undefined : cache ? USUAL_CACHE_SECONDS : 0
    const cacheSeconds = body.cache_seconds ?? usual
    const changes = {
      ...(cacheSeconds !== undefined && { cacheSeconds }),
      ...(rateLimit !== undefined && { rateLimit }),
    }
    return oneRead(await publications.change(user.id, params.flow_id, changes), user)
  })

  implement(app, unpublishFlow, async ({ params, user }) => publications.unpublish(user.id, params.flow_id))

  implement(app, rollbackPublication, async (call) => {
    const { params, body, user } = call
    const { version, note, accept_breaking: acceptBreaking } = body
    return oneRead(await publications.rollback(editorOf(call), params.flow_id, version, { note, acceptBreaking }), user)
  })

  implement(app, readPublishedVersion, async ({ params, user }) => {
    const { publication } = await publications.read(user.id, params.flow_id)
    const version = await publications.version(user.id, params.flow_id, params.version)
    const data: unknown = JSON.parse(version.data)
    removeSecrets(data)
    return { ...versionRead(version, publication.version, user), contract: contractIn(version), data }
  })

  implement(app, restorePublishedVersion, async (call) => {
    const { flow_id, version } = call.params
    return new RawJson(flowJson(shownTo(call, await publications.restore(editorOf(call), flow_id, version))))
  })

  implement(app, deletePublishedVersion, async ({ params, user }) =>
    publications.removeVersion(user.id, params.flow_id, params.version),
  )

  implement(app, diffPublication, async ({ params, query, user }) => {
    const { from, changes, breaking } = await publications.compare(user.id, params.flow_id, query.from, query.to)
    return { from, to: query.to ?? null, changes, breaking }
  })
}

const versionRead = (
  { number, createdAt, note, restoredFrom, author }: PublishedVersionHeader,
  latest: number,
  user: UserRecord,
): PublishedVersion => ({
  version: number,
  published_at: isoMicroseconds(createdAt),
  published_by: author ?? user.username,
  note,
  restored_from: restoredFrom,
  is_latest: number === latest,
})
