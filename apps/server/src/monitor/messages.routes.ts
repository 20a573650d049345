import {
  countMessages,
  deleteMessages,
  deleteSession,
  deleteSessions,
  listMessages,
  listSessions,
  type MessageFilterQuery,
  renameSession,
  updateMessage,
} from '@runnel/protocol/monitor-messages'
import type { MessageSearch } from '@runnel/storage/message-repository'
import type { FastifyInstance } from 'fastify'
import { isMember } from '../flows/shown-flow.ts'
import { implement } from '../http/implement.ts'
import type { Services } from '../services.ts'
import type { SessionScope } from './message-service.ts'
import { toMessageRead, toMessageRow } from './message-wire.ts'
import { sayNothing } from './say-nothing.ts'

/** The stored conversations of a user. */
export function messagesRoutes(app: FastifyInstance, { messages }: Pick<Services, 'messages'>): void {
  implement(app, listMessages, async ({ query, user }) => {
    const { order_by, order, limit, offset } = query
    const found = await messages.list(user.id, {
      ...searchOf(query),
      ...(limit !== undefined && { limit }),
      orderBy: order_by,
      order: order === 'DESC' ? 'desc' : 'asc',
      offset,
    })
    return found.map(toMessageRow)
  })

  implement(app, countMessages, async ({ query, user }) => ({ total: await messages.count(user.id, searchOf(query)) }))

  implement(app, updateMessage, async (call) => {
    const { params, body, user } = call
    // A path names any file of the user, and the next run would read it for whoever asks.
    const change = isMember(call) ? { ...body, files: undefined } : body
    return toMessageRead(await messages.update(user.id, params.message_id, change))
  })

  implement(app, deleteMessages, async ({ body, user }, reply) => {
    await messages.remove(user.id, body)
    sayNothing(reply)
  })

  implement(app, listSessions, async ({ query, user }) => {
    const { limit = Number.POSITIVE_INFINITY, offset } = query
    return (await messages.sessions(scopeOf(user.id, query))).slice(offset, offset + limit)
  })

  implement(app, deleteSessions, async ({ query, body, user }) => {
    const count = await messages.removeSessions(scopeOf(user.id, query), body)
    const message =
      count === 0 ? 'No sessions to delete' : `${count} ${count === 1 ? 'session' : 'sessions'} deleted successfully`
    return { message, deleted_count: count }
  })

  implement(app, renameSession, async ({ params, query, user }) => {
    const renamed = await messages.renameSession(scopeOf(user.id, query), params.old_session_id, query.new_session_id)
    return renamed.map(toMessageRow)
  })

  implement(app, deleteSession, async ({ params, query, user }, reply) => {
    await messages.removeSession(scopeOf(user.id, query), params.session_id)
    sayNothing(reply)
  })
}

function searchOf(query: MessageFilterQuery): Omit<MessageSearch, 'userId' | 'includeErrors'> {
  const { flow_id, session_id, sender, sender_name, search, feedback, since, until } = query
  const { category, edited, with_files, min_tokens } = query
  return {
    ...(flow_id !== undefined && { flowId: flow_id }),
    ...(session_id !== undefined && { sessionId: decodedTwice(session_id) }),
    ...(sender !== undefined && { sender }),
    ...(sender_name !== undefined && { senderName: sender_name }),
    ...(search !== undefined && { search }),
    ...(feedback !== undefined && { feedback: feedback === 'up' }),
    ...(category !== undefined && { category }),
    ...(edited !== undefined && { edited }),
    ...(with_files !== undefined && { withFiles: with_files }),
    ...(min_tokens !== undefined && { minTokens: min_tokens }),
    ...(since !== undefined && { since }),
    ...(until !== undefined && { until }),
  }
}

const scopeOf = (userId: string, { flow_id }: { readonly flow_id?: string | undefined }): SessionScope =>
  flow_id === undefined ? { userId } : { userId, flowId: flow_id }

/** The web app encodes session ids of the query twice; others have nothing left to decode. */
export function decodedTwice(sessionId: string): string {
  try {
    return decodeURIComponent(sessionId)
  } catch {
    return sessionId
  }
}
