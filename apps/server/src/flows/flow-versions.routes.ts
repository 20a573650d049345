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
import { flowJson } from './flow-wire.ts'
import { tokenOf, versionToken } from './version-token.ts'

/** Versions of flows, and what keeps several editors of one flow apart. */
export function flowVersionsRoutes(
  app: FastifyInstance,
  { flows, flowVersions, config }: Pick<Services, 'flows' | 'flowVersions' | 'config'>,
): void {
  implement(app, readVersionState, async ({ params, user }) => {
    const flow = await flows.find(user.id, params.flow_id)
    return {
      version_token: versionToken(flow),
      last_modified_by: user.id,
      last_modified_by_username: user.username,
      updated_at: isoSeconds(flow.updatedAt),
    }
  })

  implement(
    app,
    overwriteFlow,
    async ({ params, body, user, request }, reply) => {
      const token = tokenOf(request.headers['if-match'])
      if (token === undefined) throw new AppError('version_token_missing')
      return sendFlow(reply, await flowVersions.overwrite(user, params.flow_id, body.data, token))
    },
    flowBody,
  )

  implement(
    app,
    forkFlow,
    async ({ params, body, user }, reply) =>
      sendFlow(reply, await flowVersions.fork(user.id, params.flow_id, body ?? {})),
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
    async ({ params, body, user }) =>
      toVersionRead(await flowVersions.add(user.id, params.flow_id, body ?? {}), user.username),
    flowBody,
  )
  implement(app, readFlowVersion, async ({ params, user }) => {
    const version = await flowVersions.find(user.id, params.flow_id, params.version_id)
    const data: unknown = version.data === null ? null : JSON.parse(version.data)
    removeSecrets(data)
    return { ...toVersionRead(version, user.username), data }
  })
  implement(app, activateFlowVersion, async ({ params, query, user }, reply) =>
    sendFlow(reply, await flowVersions.activate(user, params.flow_id, params.version_id, query.save_draft)),
  )
  implement(app, deleteFlowVersion, ({ params, user }) =>
    flowVersions.remove(user.id, params.flow_id, params.version_id),
  )
}

function sendFlow(reply: FastifyReply, flow: FlowRecord): RawJson {
  reply.header('etag', `"${versionToken(flow)}"`)
  return new RawJson(flowJson(flow))
}

/** Only the owner changes a flow, so the owner made each of its versions. */
const toVersionRead = (version: FlowVersionHeader, username: string) => ({
  id: version.id,
  flow_id: version.flowId,
  user_id: version.userId,
  version_number: version.number,
  version_tag: `v${version.number}`,
  description: version.description,
  retained: false,
  retained_reason: null,
  created_at: isoMicroseconds(version.createdAt),
  username,
})

const withoutNulls = (value: object) => Object.fromEntries(Object.entries(value).filter(([, one]) => one !== null))
