import { AppError } from '@runnel/protocol/errors'
import {
  activateFlowVersion,
  createFlowVersion,
  deleteFlowVersion,
  forkFlow,
  listFlowVersions,
  overwriteFlow,
  readFlowVersion,
  readNoteTranslations,
  readVersionState,
} from '@runnel/protocol/flow-versions'
import type { FlowRecord, FlowVersionHeader } from '@runnel/storage/records'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { isoMicroseconds, isoSeconds } from '../http/dates.ts'
import { flowBody, implement } from '../http/implement.ts'
import { RawJson } from '../http/raw-json.ts'
import type { Services } from '../services.ts'
import { removeSecrets } from './flow-graph.ts'
import { editorOf } from './flow-service.ts'
import { flowJson } from './flow-wire.ts'
import { type Reader, shownTo } from './shown-flow.ts'
import { tokenOf, versionToken } from './version-token.ts'

/** Versions of flows, and what keeps several editors of one flow apart. */
export function flowVersionsRoutes(
  app: FastifyInstance,
  { flows, flowVersions, storage, config }: Pick<Services, 'flows' | 'flowVersions' | 'storage' | 'config'>,
): void {
  implement(app, readVersionState, async ({ params, user }) => {
    const flow = await flows.find(user.id, params.flow_id)
    const by = flow.savedBy ?? user.username
    return {
      version_token: versionToken(flow),
      last_modified_by: (flow.savedBy === null ? user.id : (await storage.users.findByName(by))?.id) ?? '',
      last_modified_by_username: by,
      updated_at: isoSeconds(flow.updatedAt),
    }
  })

  implement(
    app,
    overwriteFlow,
    async (call, reply) => {
      const token = tokenOf(call.request.headers['if-match'])
      if (token === undefined) throw new AppError('version_token_missing')
      const flow = await flowVersions.overwrite(editorOf(call), call.params.flow_id, call.body.data, token)
      return sendFlow(reply, call, flow)
    },
    flowBody,
  )

  implement(
    app,
    forkFlow,
    async (call, reply) =>
      sendFlow(reply, call, await flowVersions.fork(editorOf(call), call.params.flow_id, call.body ?? {})),
    flowBody,
  )

  implement(app, readNoteTranslations, async ({ params, user }) => {
    await flows.find(user.id, params.flow_id)
    return {}
  })

  implement(app, listFlowVersions, async ({ params, query, user }) => {
    const found = await flowVersions.list(user.id, params.flow_id, query)
    const entries = found.map((version) => withoutNulls(toVersionRead(version, user.username)))
    return { entries, max_entries: config.maxFlowVersions }
  })
  implement(
    app,
    createFlowVersion,
    async (call) =>
      toVersionRead(await flowVersions.add(editorOf(call), call.params.flow_id, call.body ?? {}), call.user.username),
    flowBody,
  )
  implement(app, readFlowVersion, async ({ params, user }) => {
    const version = await flowVersions.find(user.id, params.flow_id, params.version_id)
    const data: unknown = version.data === null ? null : JSON.parse(version.data)
    removeSecrets(data)
    return { ...toVersionRead(version, user.username), data }
  })
  implement(app, activateFlowVersion, async (call, reply) => {
    const { params, query } = call
    const flow = await flowVersions.activate(editorOf(call), params.flow_id, params.version_id, query.save_draft)
    return sendFlow(reply, call, flow)
  })
  implement(app, deleteFlowVersion, ({ params, user }) =>
    flowVersions.remove(user.id, params.flow_id, params.version_id),
  )
}

function sendFlow(reply: FastifyReply, reader: Reader, flow: FlowRecord): RawJson {
  reply.header('etag', `"${versionToken(flow)}"`)
  return new RawJson(flowJson(shownTo(reader, flow)))
}

const toVersionRead = (version: FlowVersionHeader, ownerName: string) => ({
  id: version.id,
  flow_id: version.flowId,
  user_id: version.userId,
  version_number: version.number,
  version_tag: `v${version.number}`,
  description: version.description,
  retained: false,
  retained_reason: null,
  created_at: isoMicroseconds(version.createdAt),
  username: version.author ?? ownerName,
})

const withoutNulls = (value: object) => Object.fromEntries(Object.entries(value).filter(([, one]) => one !== null))
