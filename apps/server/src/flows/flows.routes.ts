import { AppError } from '@runnel/protocol/errors'
import {
  createFlow,
  createFlows,
  deleteFlow,
  deleteFlows,
  downloadFlows,
  type FlowListQuery,
  type FlowUpdate,
  fetchFlows,
  listFlows,
  listFlowsAlias,
  putFlow,
  readFlow,
  updateFlow,
  uploadFlows,
} from '@runnel/protocol/flows'
import type { FlowQuery } from '@runnel/storage/flow-repository'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { noteAudit } from '../audit/audit-trail.ts'
import { fileStamp } from '../http/dates.ts'
import { flowBody, implement } from '../http/implement.ts'
import { readUpload, withMultipart } from '../http/multipart.ts'
import { RawJson } from '../http/raw-json.ts'
import { writeZip } from '../http/zip.ts'
import type { Services } from '../services.ts'
import { exportedFlow, flowsOfUpload } from './flow-file.ts'
import { editorOf } from './flow-service.ts'
import { flowHeaderJson, flowJson, flowListJson, pageJson } from './flow-wire.ts'
import { foreignFlows } from './foreign-flows.ts'
import { type Reader, shownTo } from './shown-flow.ts'
import { tokenOf, versionToken } from './version-token.ts'

type Needed = Pick<Services, 'flows' | 'projects' | 'storage' | 'personsHttp' | 'now'>

/** Saved flows: create, read, change, delete, import and export. */
export function flowsRoutes(app: FastifyInstance, services: Needed): void {
  const { flows, storage, personsHttp, now } = services

  type Given = Parameters<typeof flows.addMany>[1]
  const create = async (call: Reader & Parameters<typeof editorOf>[0], items: Given, projectId?: string) => {
    const made = await flows.addMany(editorOf(call), items, projectId)
    return new RawJson(flowListJson(made.map((flow) => shownTo(call, flow))))
  }

  implement(
    app,
    createFlow,
    async (call) => {
      const [flow] = await flows.addMany(editorOf(call), [call.body])
      if (flow) noteAccess(call.request, flow.id, call.body)
      return flow && new RawJson(flowJson(shownTo(call, flow)))
    },
    flowBody,
  )
  implement(app, createFlows, (call) => create(call, call.body.flows), flowBody)
  withMultipart(app, { bytes: flowBody.bytes ?? 0 }, (scope) => {
    implement(
      scope,
      uploadFlows,
      async (call) => {
        const { query, request } = call
        const { content } = await readUpload(request)
        return create(call, flowsOfUpload(content), query.folder_id ?? query.project_id ?? undefined)
      },
      flowBody,
    )
  })

  implement(app, fetchFlows, async ({ body, signal }) => ({
    flows: await foreignFlows(personsHttp, { address: body.url, key: body.api_key || undefined }, signal),
  }))

  for (const endpoint of [listFlows, listFlowsAlias]) {
    implement(app, endpoint, (call) => list(services, call))
  }

  implement(app, readFlow, async (call, reply) => {
    const flow = await flows.find(call.user.id, call.params.flow_id)
    reply.header('etag', `"${versionToken(flow)}"`)
    return new RawJson(flowJson(shownTo(call, flow)))
  })
  implement(
    app,
    updateFlow,
    async (call, reply) => {
      const { params, body, request } = call
      noteAccess(request, params.flow_id, body)
      await checkMove(call, params.flow_id, body)
      const ifToken = tokenOf(request.headers['if-match'])
      const flow = await flows.update(editorOf(call), params.flow_id, body, ifToken)
      reply.header('etag', `"${versionToken(flow)}"`)
      return new RawJson(flowJson(shownTo(call, flow)))
    },
    flowBody,
  )

  implement(
    app,
    putFlow,
    async (call, reply) => {
      const { params, query, body, request } = call
      noteAccess(request, params.flow_id, body)
      await checkMove(call, params.flow_id, body)
      const { isNew, flow } = await flows.put(editorOf(call), params.flow_id, body, query)
      reply.code(isNew ? 201 : 200).header('etag', `"${versionToken(flow)}"`)
      return new RawJson(flowJson(shownTo(call, flow)))
    },
    flowBody,
  )

  /** What is in a shared project is taken out of it by its owners only. */
  async function checkMove({ user, role }: Reader, id: string, { folder_id, project_id }: FlowUpdate): Promise<void> {
    const wanted = folder_id ?? project_id
    if (role === 'owner' || !wanted) return
    const flow = await storage.flows.find(user.id, id)
    if (flow && flow.projectId !== wanted) throw new AppError('role_too_small', ['owner', role])
  }

  implement(app, deleteFlow, async ({ params, user }) => {
    if ((await flows.remove(user.id, [params.flow_id])) === 0) throw new AppError('flow_id_not_found')
    return { message: 'Flow deleted successfully' }
  })
  implement(app, deleteFlows, async ({ body, user, request }) => {
    noteAudit(request, { objectId: body.join() })
    return { deleted: await flows.remove(user.id, body) }
  })

  implement(app, downloadFlows, async ({ body, user, request }, reply) => {
    noteAudit(request, { objectId: body.join() })
    const asked = await Promise.all([...new Set(body)].map((id) => storage.flows.find(user.id, id)))
    const found = asked.filter((flow) => flow !== undefined)
    const [first] = found
    if (!first) throw new AppError('no_flows_found')
    const isZip = found.length > 1 || request.headers.accept?.includes('application/zip') === true
    if (!isZip) return new RawJson(exportedFlow(first))
    const zip = writeZip(found.map((flow) => ({ name: `${flow.name}.json`, content: Buffer.from(exportedFlow(flow)) })))
    return reply
      .header('content-type', 'application/x-zip-compressed')
      .header('content-disposition', `attachment; filename=${fileStamp(now())}_langflow_flows.zip`)
      .send(zip)
  })
}

/** Saving is no event, but letting others in is. */
function noteAccess(request: FastifyRequest, objectId: string, { access_type }: Pick<FlowUpdate, 'access_type'>): void {
  if (access_type === 'PUBLIC') noteAudit(request, { action: 'flow.make_public', objectId })
}

interface ListCall extends Reader {
  readonly query: z.output<typeof FlowListQuery>
}

async function list({ storage, projects }: Needed, call: ListCall) {
  const { query, user, author } = call
  const asked = query.folder_id ?? query.project_id ?? undefined
  const kind = query.components_only ? { isComponent: true } : {}
  if (query.flow_type === 'agent') {
    const { page, size } = query
    return new RawJson(query.get_all ? '[]' : pageJson('[]', { total: 0, page, size }))
  }
  if (!query.get_all) {
    const { page, size } = query
    const filter = { ...kind, projectId: asked ?? (await projects.defaultProject(user.id)).id }
    const total = await storage.flows.count(user.id, filter)
    const items = await listJson(storage, call, { ...filter, page, size })
    return new RawJson(pageJson(`[${items}]`, { total, page, size }))
  }
  const own = await listJson(storage, call, { ...kind, ...(asked && { projectId: asked }) })
  if (asked) return new RawJson(`[${own}]`)
  const lists = [own]
  for (const { project, ownerName: username, role } of await storage.projectMembers.sharedWith(author.id)) {
    const shared = { query, user: { id: project.userId, username }, author, role }
    lists.push(await listJson(storage, shared, { ...kind, projectId: project.id }))
  }
  return new RawJson(`[${lists.filter(Boolean).join(',')}]`)
}

/** What stands in a JSON list of flows; headers come without their graphs, but saved components keep theirs. */
async function listJson(storage: Needed['storage'], call: ListCall, asked: FlowQuery): Promise<string> {
  const { id } = call.user
  if (!call.query.header_flows) {
    return (await storage.flows.list(id, asked)).map((flow) => flowJson(shownTo(call, flow))).join(',')
  }
  const found = await storage.flows.headers(id, asked)
  const { page: _, size: __, ...filter } = asked
  const components = found.some(({ isComponent }) => isComponent)
    ? await storage.flows.list(id, { ...filter, isComponent: true })
    : []
  const graphs = new Map(components.map((flow) => [flow.id, flow.data]))
  return found
    .map((flow) => shownTo(call, { ...flow, data: graphs.get(flow.id) ?? null }))
    .map((flow) => flowHeaderJson(flow, flow.data))
    .join(',')
}
