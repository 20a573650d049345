import type { MessageCategory, MessageRecord } from '@runnel/protocol/message'
import type { messageOrders } from '@runnel/protocol/monitor-messages'
import { type RawBuilder, sql } from 'kysely'
import type { BatchWriter } from './batch-writer.ts'
import type { Engine } from './dialect/engine.ts'
import { messageCodec } from './run-codecs.ts'
import type { StoredMessage } from './run-records.ts'
import { escapeLike } from './unique-name.ts'

export interface MessageFilter {
  readonly userId: string
  readonly flowId?: string
  readonly sessionId?: string
}

export interface MessageSearch extends MessageFilter {
  readonly contextId?: string
  readonly sender?: string
  readonly senderName?: string
  /** Part of the text, in any case. */
  readonly search?: string
  /** The thumb it was given, up or down. */
  readonly feedback?: boolean
  readonly category?: MessageCategory
  readonly edited?: boolean
  readonly withFiles?: boolean
  /** Tokens its models took and gave, at least. */
  readonly minTokens?: number
  /** Epoch milliseconds, both of them in the time that is meant. */
  readonly since?: number
  readonly until?: number
  /** Messages that report a failure are left out unless said. */
  readonly includeErrors?: boolean
}

export interface MessageQuery extends MessageSearch {
  readonly orderBy?: (typeof messageOrders)[number]
  /** Ascending unless said. */
  readonly order?: 'asc' | 'desc'
  /** Ordered by timestamp: the newest so many, in either order. Else: the first so many. */
  readonly limit?: number
  /** Leaves out as many at the end the limit counts from. */
  readonly offset?: number
  /** Only messages older than this one: the oldest of the page before. */
  readonly before?: Pick<MessageRecord, 'timestamp' | 'id'>
}

/** Some ten milliseconds of reading. */
const SLICE = 10_000

export type MessageChanges = Partial<Omit<MessageRecord, 'id' | 'flow_id' | 'run_id'>>

/** Messages of users. Another user's message is simply not found. */
export function createMessageRepository({ db, dialect }: Pick<Engine, 'db' | 'dialect'>, writer: BatchWriter) {
  const tokensOf =
    dialect === 'sqlite'
      ? sql`json_extract(properties, '$.usage.total_tokens')`
      : sql`(properties::json #>> '{usage,total_tokens}')::bigint`
  const hasThumb = (thumb: boolean) =>
    sql`${sql.raw(dialect === 'sqlite' ? 'instr' : 'strpos')}(properties, ${`"positive_feedback":${thumb}`}) > 0`
  /** What has no column of its own; what a message lacks is less than all others have. */
  const orders: Partial<Record<(typeof messageOrders)[number], RawBuilder<unknown>>> = {
    flow: sql`coalesce((select lower(flow.name) from flow where flow.id = message.flow_id), '')`,
    files: dialect === 'sqlite' ? sql`json_array_length(files)` : sql`json_array_length(files::json)`,
    feedback: sql`case when ${hasThumb(true)} then 2 when ${hasThumb(false)} then 1 else 0 end`,
    tokens: sql`coalesce(${tokensOf}, -1)`,
  }
  const inSession = ({ userId, flowId, sessionId }: MessageFilter) => {
    let query = db.selectFrom('message').where('user_id', '=', userId)
    if (sessionId !== undefined) query = query.where('session_id', '=', sessionId)
    if (flowId === undefined) return query
    // Behind an expression, so that the planner goes by the session and not through all messages of the flow.
    if (sessionId !== undefined) return query.where(sql<boolean>`coalesce(flow_id, '') = ${flowId}`)
    return query.where('flow_id', '=', flowId)
  }

  const matching = (asked: MessageSearch) => {
    let query = inSession(asked)
    if (asked.contextId !== undefined) query = query.where('context_id', '=', asked.contextId)
    if (asked.sender !== undefined) query = query.where('sender', '=', asked.sender)
    if (asked.senderName !== undefined) query = query.where('sender_name', '=', asked.senderName)
    if (asked.since !== undefined) query = query.where('timestamp', '>=', asked.since)
    if (asked.until !== undefined) query = query.where('timestamp', '<=', asked.until)
    if (asked.search) {
      const pattern = `%${escapeLike(asked.search.toLowerCase())}%`
      query = query.where(sql<boolean>`lower(text) like ${pattern} escape '\\'`)
    }
    if (asked.feedback !== undefined) {
      // The codec writes no spaces, and a quote inside of a text has a backslash before it.
      query = query.where('properties', 'like', `%"positive_feedback":${asked.feedback}%`)
    }
    if (asked.category !== undefined) query = query.where('category', '=', asked.category)
    if (asked.edited !== undefined) query = query.where('edit', '=', asked.edited ? 1 : 0)
    if (asked.withFiles !== undefined) query = query.where('files', asked.withFiles ? '!=' : '=', '[]')
    if (asked.minTokens !== undefined) query = query.where(sql<boolean>`${tokensOf} >= ${asked.minTokens}`)
    return asked.includeErrors ? query : query.where('error', '=', 0)
  }

  /** Through its messages, newest first, in slices between which others have a turn: they may be a million. */
  async function sessionsOfFlow(userId: string, flowId: string): Promise<readonly string[]> {
    const latest = new Map<string, number>()
    const page = inSession({ userId, flowId })
      .select(['session_id', 'timestamp', 'id'])
      .orderBy('timestamp', 'desc')
      .orderBy('id', 'desc')
      .limit(SLICE)
    for (let last: Pick<MessageRecord, 'timestamp' | 'id'> | undefined; ; ) {
      const rows = await (last ? page.where(isOlder(last)) : page).execute()
      for (const { session_id, timestamp } of rows) if (!latest.has(session_id)) latest.set(session_id, timestamp)
      last = rows.at(-1)
      if (!last || rows.length < SLICE) break
      await new Promise((resolve) => setImmediate(resolve))
    }
    return [...latest].sort(([a, at], [b, bt]) => bt - at || (a < b ? -1 : 1)).map(([id]) => id)
  }

  return {
    async find(asked: MessageQuery): Promise<readonly StoredMessage[]> {
      const { orderBy = 'timestamp', order = 'asc', limit, offset = 0, before } = asked
      let query = matching(asked).selectAll()
      if (before) query = query.where(isOlder(before))
      const newest = orderBy === 'timestamp' && limit !== undefined
      const direction = newest ? 'desc' : order
      const by = orders[orderBy] ?? sql.ref(orderBy)
      query = query.orderBy(by, direction).orderBy('id', direction)
      if (limit !== undefined) query = query.limit(limit).offset(offset)
      // The ids come from an index alone; whole rows are read only for those, not for all that are passed over.
      const page = db.selectFrom('message').selectAll()
      const rows =
        offset === 0
          ? query
          : page.where('id', 'in', query.clearSelect().select('id')).orderBy(by, direction).orderBy('id', direction)
      const found = (await rows.execute()).map((row) => messageCodec.decode(row))
      return newest && order === 'asc' ? found.reverse() : found
    },

    /** How many messages `find` has without a limit. */
    async count(asked: MessageSearch): Promise<number> {
      const row = await matching(asked)
        .select((eb) => eb.fn.countAll<number>().as('total'))
        .executeTakeFirst()
      return Number(row?.total ?? 0)
    },

    async get(userId: string, id: string): Promise<StoredMessage | undefined> {
      const row = await inSession({ userId }).selectAll().where('id', '=', id).executeTakeFirst()
      return row && messageCodec.decode(row)
    },

    /** Inserts messages, or replaces those of the same id. Resolves when they are durable. */
    save: (messages: readonly StoredMessage[]): Promise<void> => writer.write({ messages, steps: [] }),

    async update(userId: string, id: string, changes: MessageChanges): Promise<StoredMessage | undefined> {
      const part = messageCodec.encodePart(changes)
      if (Object.keys(part).length === 0) return this.get(userId, id)
      const row = await db
        .updateTable('message')
        .set(part)
        .where('user_id', '=', userId)
        .where('id', '=', id)
        .returningAll()
        .executeTakeFirst()
      return row && messageCodec.decode(row)
    },

    /** Unknown ids are skipped. Answers how many went. */
    async remove(userId: string, ids: readonly string[]): Promise<number> {
      if (ids.length === 0) return 0
      const { numDeletedRows } = await db
        .deleteFrom('message')
        .where('user_id', '=', userId)
        .where('id', 'in', ids)
        .executeTakeFirst()
      return Number(numDeletedRows)
    },

    /** Answers how many went. */
    async removeSession({
      userId,
      flowId,
      sessionId,
    }: MessageFilter & { readonly sessionId: string }): Promise<number> {
      let query = db.deleteFrom('message').where('user_id', '=', userId).where('session_id', '=', sessionId)
      if (flowId !== undefined) query = query.where('flow_id', '=', flowId)
      return Number((await query.executeTakeFirst()).numDeletedRows)
    },

    /** Gives all messages of a session another one; answers how many there were. */
    async renameSession(
      { userId, flowId, sessionId }: MessageFilter & { readonly sessionId: string },
      newSessionId: string,
    ): Promise<number> {
      let query = db
        .updateTable('message')
        .set({ session_id: newSessionId })
        .where('user_id', '=', userId)
        .where('session_id', '=', sessionId)
      if (flowId !== undefined) query = query.where('flow_id', '=', flowId)
      return Number((await query.executeTakeFirst()).numUpdatedRows)
    },

    /** The session ids of a flow, or of all the user's, the one with the latest message first. */
    async sessions({ userId, flowId }: Omit<MessageFilter, 'sessionId'>): Promise<readonly string[]> {
      if (flowId !== undefined) return sessionsOfFlow(userId, flowId)
      const own = sql`user_id = ${userId}`
      // Leaps from session to session in the index: as many steps as sessions, not as messages.
      const { rows } = await sql<{ id: string }>`
        with recursive found (id) as (
          select min(session_id) from message where ${own}
          union all
          select (select min(session_id) from message where ${own} and session_id > found.id)
          from found where found.id is not null
        )
        select id from (
          select id, (
            select max(timestamp) from message where ${own} and session_id = found.id
          ) as latest from found
        ) as dated
        where latest is not null order by latest desc, id`.execute(db)
      return rows.map((row) => row.id)
    },
  }
}

/** Newest first, what comes after a message. */
const isOlder = ({ timestamp, id }: Pick<MessageRecord, 'timestamp' | 'id'>) =>
  sql<boolean>`(timestamp, id) < (${timestamp}, ${id})`

export type MessageRepository = ReturnType<typeof createMessageRepository>
