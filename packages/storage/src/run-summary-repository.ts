import { type RawBuilder, sql } from 'kysely'
import type { Engine } from './dialect/engine.ts'
import { idAt } from './id-at.ts'
import { flowsIn, isOfSomeFlows, type SlottedScope, type SummaryScope } from './summary-scope.ts'

export interface ModelSum {
  readonly provider: string
  readonly model: string
  readonly calls: number
  /** Calls of days on which the price was not known; the cost is without them. */
  readonly unpricedCalls: number
  readonly inputTokens: number
  readonly outputTokens: number
  /** Billionths of a US dollar; null when of none the price is known. */
  readonly cost: number | null
}

export interface ErrorSum {
  readonly code: string | null
  /** The beginning of what was said; null with `codesOnly`, as the flow and the node are. */
  readonly message: string | null
  readonly flowId: string | null
  readonly nodeId: string | null
  readonly runs: number
  /** Epoch milliseconds the last of them began. */
  readonly lastAt: number
}

/** A run may wait in a queue between its id and its start; ids of a burst run ahead of the clock. */
const WAIT_MS = 24 * 3_600_000
const AHEAD_MS = 60_000
const MOST_FAILURES = 2000
const MESSAGE_LENGTH = 300

/** What is told of runs beside their sums: thumbs, models and failures. */
export function createRunSummaryRepository({ db, dialect }: Pick<Engine, 'db' | 'dialect'>) {
  const place = sql.raw(dialect === 'sqlite' ? 'instr' : 'strpos')
  const hasThumb = (thumb: boolean) =>
    sql<boolean>`${place}(properties, ${sql.lit(`"positive_feedback":${thumb}`)}) > 0`
  const count = (when: RawBuilder<boolean>) => sql<number>`sum(case when ${when} then 1 else 0 end)`

  const slotOf = (column: string, { since, slotMs }: SlottedScope) =>
    sql<number>`(${sql.ref(column)} - cast(${since} as bigint)) / cast(${slotMs} as bigint)`

  return {
    /** Thumbs that answers of this time were given. */
    async feedback(
      scope: SlottedScope,
    ): Promise<readonly { readonly slot: number; readonly up: number; readonly down: number }[]> {
      let query = db
        .selectFrom('message')
        // As the index says it.
        .where(sql<boolean>`(${hasThumb(true)} or ${hasThumb(false)})`)
        .where('timestamp', '>=', scope.since)
        .where('timestamp', '<', scope.until)
      if (scope.userId !== undefined) query = query.where('user_id', '=', scope.userId)
      if (isOfSomeFlows(scope)) query = query.where('flow_id', 'in', flowsIn(db, scope))
      const rows = await query
        .select([
          slotOf('timestamp', scope).as('slot'),
          count(hasThumb(true)).as('up'),
          count(hasThumb(false)).as('down'),
        ])
        .groupBy(sql`1`)
        .execute()
      return rows.map(({ slot, up, down }) => ({ slot: Number(slot), up: Number(up), down: Number(down) }))
    },

    /** What the models were used for on the days from the first to the last moment (UTC), the costliest first. */
    async models(scope: SummaryScope): Promise<readonly ModelSum[]> {
      const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10)
      let query = db
        .selectFrom('model_usage_day')
        .where('day', '>=', dayOf(scope.since))
        .where('day', '<=', dayOf(scope.until - 1))
      // Everybody by name: the key of the table begins with the user.
      if (scope.userId === undefined) query = query.where('user_id', 'in', db.selectFrom('user').select('user.id'))
      else query = query.where('user_id', '=', scope.userId)
      if (isOfSomeFlows(scope)) query = query.where('flow_id', 'in', flowsIn(db, scope))
      const rows = await query
        .select((eb) => [
          'provider',
          'model',
          eb.fn.sum('calls').as('calls'),
          sql<number>`sum(case when cost is null then calls else 0 end)`.as('unpriced'),
          eb.fn.sum('input_tokens').as('input'),
          eb.fn.sum('output_tokens').as('output'),
          eb.fn.sum<number | null>('cost').as('cost'),
        ])
        .groupBy(['provider', 'model'])
        .orderBy(sql`coalesce(sum(cost), -1)`, 'desc')
        .orderBy('provider')
        .orderBy('model')
        .execute()
      return rows.map((row) => ({
        provider: row.provider,
        model: row.model,
        calls: Number(row.calls),
        unpricedCalls: Number(row.unpriced),
        inputTokens: Number(row.input),
        outputTokens: Number(row.output),
        cost: row.cost === null ? null : Number(row.cost),
      }))
    },

    /** Why runs failed, the most frequent first, of the newest 2,000 failures; with `codesOnly` without words of their users. */
    async errors(
      scope: SummaryScope,
      { limit, codesOnly = false }: { readonly limit: number; readonly codesOnly?: boolean },
    ): Promise<readonly ErrorSum[]> {
      const { userId, since, until } = scope
      let newest = db
        .selectFrom('run')
        .select(['id', 'flow_id', 'error_code', 'error', 'failed_node_id', 'started_at'])
        // As the index says it; a bound value would not find the partial index.
        .where(sql<boolean>`status = 'failed'`)
        .where('id', '>=', idAt(since - WAIT_MS))
        .where('id', '<', idAt(until + AHEAD_MS))
        .where('started_at', '>=', since)
        .where('started_at', '<', until)
        .orderBy('id', 'desc')
        .limit(MOST_FAILURES)
      if (userId !== undefined) newest = newest.where('user_id', '=', userId)
      if (userId !== undefined || isOfSomeFlows(scope)) newest = newest.where('flow_id', 'in', flowsIn(db, scope))
      const failed = db.selectFrom(newest.as('failed'))
      const words = (expression: RawBuilder<string | null>): RawBuilder<string | null> =>
        codesOnly ? sql<string | null>`null` : expression
      const rows = await failed
        .select((eb) => [
          'error_code',
          words(sql`substr(error, 1, ${sql.lit(MESSAGE_LENGTH)})`).as('message'),
          words(sql`flow_id`).as('flow'),
          words(sql`failed_node_id`).as('node'),
          eb.fn.countAll().as('runs'),
          eb.fn.max('started_at').as('last_at'),
        ])
        .groupBy(codesOnly ? ['error_code'] : ['error_code', sql`2`, sql`3`, sql`4`])
        .orderBy(sql`5`, 'desc')
        .orderBy(sql`6`, 'desc')
        .limit(limit)
        .execute()
      return rows.map((row) => ({
        code: row.error_code,
        message: row.message,
        flowId: row.flow,
        nodeId: row.node,
        runs: Number(row.runs),
        lastAt: Number(row.last_at),
      }))
    },
  }
}

export type RunSummaryRepository = ReturnType<typeof createRunSummaryRepository>
