import { AppError } from '@runnel/protocol/errors'
import type { MessageProperties } from '@runnel/protocol/message'
import { MAX_SESSIONS, type MessageUpdate } from '@runnel/protocol/monitor-messages'
import type { MessageChanges, MessageQuery, MessageSearch } from '@runnel/storage/message-repository'
import type { Storage } from '@runnel/storage/open-storage'
import type { StoredMessage } from '@runnel/storage/run-records'

export interface MessageList extends Omit<MessageQuery, 'userId' | 'limit' | 'offset' | 'before' | 'includeErrors'> {
  readonly limit?: number
  /** Leaves out as many at the end the limit counts from: the newest, when ordered by time. */
  readonly offset: number
}

/** The sessions of one flow, or of all. */
export interface SessionScope {
  readonly userId: string
  readonly flowId?: string
}

export type MessageService = ReturnType<typeof createMessageService>

/** The stored messages of users, those that report failures among them. */
export function createMessageService({ storage: { messages } }: { readonly storage: Pick<Storage, 'messages'> }) {
  return {
    async list(userId: string, { limit, offset, ...asked }: MessageList): Promise<readonly StoredMessage[]> {
      if (limit !== undefined) return messages.find({ ...asked, userId, includeErrors: true, limit, offset })
      const found = await messages.find({ ...asked, userId, includeErrors: true })
      if (offset === 0) return found
      const isOldestFirst = (asked.orderBy ?? 'timestamp') === 'timestamp' && asked.order !== 'desc'
      return isOldestFirst ? found.slice(0, Math.max(0, found.length - offset)) : found.slice(offset)
    },

    /** How many messages a list without a limit has. */
    count: (userId: string, asked: Omit<MessageSearch, 'userId' | 'includeErrors'>): Promise<number> =>
      messages.count({ ...asked, userId, includeErrors: true }),

    /** A changed text marks the message as edited. @throws AppError `message_not_found` */
    async update(userId: string, id: string, update: MessageUpdate): Promise<StoredMessage> {
      const before = await messages.get(userId, id)
      if (!before) throw new AppError('message_not_found')
      const { properties, ...fields } = update
      const changes: MessageChanges = {
        ...withoutNulls(fields),
        ...(properties && { properties: mergedProperties(before.properties, properties) }),
        ...(typeof fields.text === 'string' && fields.text !== before.text && { edit: true }),
      }
      const after = await messages.update(userId, id, changes)
      if (!after) throw new AppError('message_not_found')
      return after
    },

    remove: (userId: string, ids: readonly string[]) => messages.remove(userId, ids),

    /** The one with the latest message first. */
    sessions: (scope: SessionScope) => messages.sessions(scope),

    /** The renamed messages. @throws AppError `session_not_found` */
    async renameSession(scope: SessionScope, from: string, to: string): Promise<readonly StoredMessage[]> {
      const session = { ...scope, sessionId: from, includeErrors: true }
      const found = await messages.find(session)
      if (found.length === 0) throw new AppError('session_not_found')
      await messages.renameSession(session, to)
      return found.map((message) => ({ ...message, session_id: to }))
    },

    removeSession: (scope: SessionScope, sessionId: string) => messages.removeSession({ ...scope, sessionId }),

    /** Answers how many sessions there were. @throws AppError `bad_request` for too many ids */
    async removeSessions(scope: SessionScope, sessionIds: readonly string[]): Promise<number> {
      if (sessionIds.length > MAX_SESSIONS) {
        throw new AppError('bad_request', [`At most ${MAX_SESSIONS} sessions can be deleted at once`])
      }
      let sessions = 0
      for (const sessionId of new Set(sessionIds)) {
        if ((await messages.removeSession({ ...scope, sessionId })) > 0) sessions++
      }
      return sessions
    },
  }
}

/** What is null stays as it is, except that feedback can be taken back. */
function mergedProperties(
  before: MessageProperties,
  given: NonNullable<MessageUpdate['properties']>,
): MessageProperties {
  const { positive_feedback, feedback, ...others } = given
  return {
    ...before,
    ...withoutNulls(others),
    ...(positive_feedback !== undefined && { positive_feedback }),
    ...(feedback !== undefined && { feedback }),
  }
}

type Present<T> = { [Key in keyof T]?: Exclude<T[Key], null | undefined> }

function withoutNulls<T extends object>(given: T): Present<T> {
  // What is left has the types of `T` without null.
  return Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== null && value !== undefined),
  ) as Present<T>
}
