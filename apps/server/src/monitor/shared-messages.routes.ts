import { AppError } from '@runnel/protocol/errors'
import type { MessageRecord } from '@runnel/protocol/message'
import {
  deleteSharedSession,
  listSharedMessages,
  listSharedSessions,
  renameSharedSession,
  updateSharedMessage,
} from '@runnel/protocol/shared-messages'
import type { StoredMessage } from '@runnel/storage/run-records'
import type { FastifyInstance } from 'fastify'
import { visitorsMessage } from '../builds/visitors-message.ts'
import { implement } from '../http/implement.ts'
import { ownSession, virtualFlowId } from '../runs/visitor-history.ts'
import type { Services } from '../services.ts'
import { toMessageRead, toMessageRow } from './message-wire.ts'
import { decodedTwice } from './messages.routes.ts'
import { sayNothing } from './say-nothing.ts'

/** What signed-in visitors of public flows have said there: kept for the flow's owner, under an id of the visitor's. */
export function sharedMessagesRoutes(
  app: FastifyInstance,
  { messages, storage, sharing }: Pick<Services, 'messages' | 'storage' | 'sharing'>,
): void {
  /** @throws AppError `flow_id_not_found` unless the flow is public */
  async function historyOf(visitorId: string, sourceFlowId: string) {
    const found = await storage.flows.findAny(sourceFlowId)
    if (found?.id !== sourceFlowId || found.accessType !== 'PUBLIC') throw new AppError('flow_id_not_found')
    return { userId: found.userId, flowId: virtualFlowId(visitorId, sourceFlowId) }
  }

  /** How visitors of a flow see messages of it. */
  async function viewOf(sourceFlowId: string): Promise<(message: StoredMessage) => MessageRecord> {
    const { agent_steps: steps } = await sharing.read(sourceFlowId)
    return (message) => visitorsMessage(message, steps)
  }

  implement(app, listSharedMessages, async ({ query, user }) => {
    const { userId, flowId } = await historyOf(user.id, query.source_flow_id)
    const session = query.session_id === undefined ? {} : { sessionId: decodedTwice(query.session_id) }
    const found = await messages.list(userId, { flowId, ...session, orderBy: query.order_by, offset: 0 })
    return found.map(await viewOf(query.source_flow_id)).map(toMessageRow)
  })

  implement(app, listSharedSessions, async ({ query, user }) =>
    messages.sessions(await historyOf(user.id, query.source_flow_id)),
  )

  implement(app, updateSharedMessage, async ({ params, query, body, user }) => {
    const { userId, flowId } = await historyOf(user.id, query.source_flow_id)
    const before = await storage.messages.get(userId, params.message_id)
    if (before?.flow_id !== flowId) throw new AppError('message_not_found')
    const session = body.session_id ? { session_id: ownSession(body.session_id, flowId) } : {}
    return toMessageRead(
      (await viewOf(query.source_flow_id))(await messages.update(userId, before.id, { ...body, ...session })),
    )
  })

  implement(app, renameSharedSession, async ({ params, query, user }) => {
    const history = await historyOf(user.id, query.source_flow_id)
    const to = ownSession(query.new_session_id, history.flowId)
    const renamed = await messages.renameSession(history, params.old_session_id, to)
    return renamed.map(await viewOf(query.source_flow_id)).map(toMessageRow)
  })

  implement(app, deleteSharedSession, async ({ params, query, user }, reply) => {
    await messages.removeSession(await historyOf(user.id, query.source_flow_id), params.session_id)
    sayNothing(reply)
  })
}
