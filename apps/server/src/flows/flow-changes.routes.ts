import { AppError } from '@runnel/protocol/errors'
import { addFlowEvent, listFlowEvents, patchGraph } from '@runnel/protocol/flow-changes'
import type { FastifyInstance } from 'fastify'
import { isoSeconds } from '../http/dates.ts'
import { flowBody, implement } from '../http/implement.ts'
import type { Services } from '../services.ts'
import { authorOf, editorOf } from './flow-service.ts'
import { tokenOf, versionToken } from './version-token.ts'

/** Small changes of large graphs, and what tells an open canvas of them. */
export function flowChangesRoutes(
  app: FastifyInstance,
  { flows, flowEvents }: Pick<Services, 'flows' | 'flowEvents'>,
): void {
  implement(
    app,
    patchGraph,
    async (call, reply) => {
      const { params, body, request } = call
      const token = tokenOf(request.headers['if-match'])
      if (token === undefined) throw new AppError('version_token_missing')
      const flow = await flows.patch(editorOf(call), params.flow_id, body.patch, token)
      const version_token = versionToken(flow)
      reply.header('etag', `"${version_token}"`)
      return { version_token, updated_at: isoSeconds(flow.updatedAt) }
    },
    flowBody,
  )

  implement(app, listFlowEvents, ({ params, query, user }) => flowEvents.list(user.id, params.flow_id, query.since))

  implement(app, addFlowEvent, async (call) => {
    const flow = await flows.find(call.user.id, call.params.flow_id)
    return flowEvents.note({ id: flow.id }, { ...call.body, author: authorOf(editorOf(call)) })
  })
}
