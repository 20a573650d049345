import { type RawBuilder, sql } from 'kysely'
import type { BatchWriter } from './batch-writer.ts'
import type { Engine } from './dialect/engine.ts'
import { messageCodec, runCodec, runStepCodec } from './run-codecs.ts'
import type { RunBatch, RunRecord, RunStepRecord } from './run-records.ts'
import { escapeLike } from './unique-name.ts'

export interface RunQuery {
  readonly userId: string
  readonly flowId?: string
  readonly sessionId?: string
  readonly status?: RunRecord['status']
  readonly kinds?: readonly RunRecord['kind'][]
  /** Epoch milliseconds the run began at or after, and at or before. */
  readonly since?: number
  readonly until?: number
  readonly keyId?: string
  /** The number of the published version, or the draft. */
  readonly version?: number | 'draft'
  /** Milliseconds, tokens and billionths of a US dollar it took at least. */
  readonly minDurationMs?: number
  readonly minTokens?: number
  readonly minCost?: number
  /** Parts of what was said to it, of what it answered, of what went wrong; in any case. */
  readonly input?: string
  readonly output?: string
  readonly error?: string
  /** Part of what was said, answered or went wrong, in any case. */
  readonly search?: string
  /** Only runs older than this one: the id of the last of the page before. */
  readonly before?: string
  readonly limit?: number
}

/** Runs and their steps. Another user's run is simply not found. */
export function createRunRepository({ db }: Pick<Engine, 'db'>, writer: BatchWriter) {
  const ownSteps = (userId: string, flowId: string) =>
    db
      .selectFrom('run_step')
      .where('run_step.flow_id', '=', flowId)
      .where((eb) =>
        eb.exists(
          eb.selectFrom('flow').select('flow.id').where('flow.id', '=', flowId).where('flow.user_id', '=', userId),
        ),
      )

  async function stepsOf({ id, flowId }: Pick<RunRecord, 'id' | 'flowId'>, columns: typeof runStepCodec.columns) {
    const rows = await db
      .selectFrom('run_step')
      .select(columns)
      .where('flow_id', '=', flowId)
      .where('run_id', '=', id)
      .orderBy('seq')
      .execute()
    return rows.map((row) => runStepCodec.decode(row))
  }

  return {
    /**
     * Writes what a run leaves behind, all or nothing; a run or message of the same id is replaced. Resolves when it
     * is durable. Batches of one turn share a transaction.
     */
    record: (batch: RunBatch): Promise<void> => writer.write(batch),

    async get(userId: string, id: string): Promise<RunRecord | undefined> {
      const own = db.selectFrom('run').selectAll().where('user_id', '=', userId)
      const row = await own.where('id', '=', id).executeTakeFirst()
      return row && runCodec.decode(row)
    },

    /** Newest first. */
    async list(asked: RunQuery): Promise<readonly RunRecord[]> {
      const { userId, flowId, sessionId, status, kinds, since, until, keyId, search, before, limit = 50 } = asked
      const { version, minDurationMs, minTokens, minCost, input, output, error } = asked
      let query = db.selectFrom('run').selectAll().where('user_id', '=', userId)
      if (flowId !== undefined) query = query.where('flow_id', '=', flowId)
      if (sessionId !== undefined) query = query.where('session_id', '=', sessionId)
      // As the index of failed runs has it: a value that is bound is not known to be among its rows.
      if (status !== undefined) query = query.where('status', '=', sql.lit(status))
      if (kinds !== undefined) query = query.where('kind', 'in', kinds)
      if (since !== undefined) query = query.where('started_at', '>=', since)
      if (until !== undefined) query = query.where('started_at', '<=', until)
      if (keyId !== undefined) query = query.where('key_id', keyId === null ? 'is' : '=', keyId)
      if (version !== undefined) query = query.where('published', version === 'draft' ? 'is' : '=', numberOf(version))
      if (minDurationMs !== undefined) query = query.where(sql<boolean>`ended_at - started_at >= ${minDurationMs}`)
      if (minTokens !== undefined) query = query.where(sql<boolean>`input_tokens + output_tokens >= ${minTokens}`)
      if (minCost !== undefined) query = query.where('cost', '>=', minCost)
      if (input !== undefined) query = query.where(holds(sql`coalesce(said, '')`, input))
      if (output !== undefined) query = query.where(holds(sql`coalesce(answered, '')`, output))
      if (error !== undefined) query = query.where(holds(sql`coalesce(error, '')`, error))
      if (search !== undefined) {
        const all = sql`coalesce(said, '') || ' ' || coalesce(answered, '') || ' ' || coalesce(error, '')`
        query = query.where(holds(all, search))
      }
      if (before !== undefined) query = query.where('id', '<', before)
      const rows = await query.orderBy('id', 'desc').limit(limit).execute()
      return rows.map((row) => runCodec.decode(row))
    },

    /** How many runs each flow of the user has, and the newest of them. */
    async byFlow(userId: string): Promise<readonly { readonly runs: number; readonly last: RunRecord }[]> {
      const own = db.selectFrom('flow').select('flow.id').where('flow.user_id', '=', userId)
      const counted = db
        .selectFrom('run')
        .select((eb) => [eb.fn.max('id').as('last_id'), eb.fn.countAll<number>().as('runs')])
        .where('flow_id', 'in', own)
        .groupBy('flow_id')
      const rows = await db
        .selectFrom('run')
        .innerJoin(counted.as('counted'), 'counted.last_id', 'run.id')
        .selectAll('run')
        .select('counted.runs')
        .orderBy('run.id', 'desc')
        .execute()
      return rows.map(({ runs, ...row }) => ({ runs: Number(runs), last: runCodec.decode(row) }))
    },

    /** Removes a run with its steps; its messages stay. Answers whether there was one. */
    remove: (userId: string, id: string): Promise<boolean> =>
      db.transaction().execute(async (transaction) => {
        const gone = await transaction
          .deleteFrom('run')
          .where('user_id', '=', userId)
          .where('id', '=', id)
          .returning('flow_id')
          .executeTakeFirst()
        if (!gone) return false
        await transaction.deleteFrom('run_step').where('flow_id', '=', gone.flow_id).where('run_id', '=', id).execute()
        return true
      }),

    /** The steps of a run, in the order they were recorded; what they did inside is left out unless asked for. */
    async steps(
      userId: string,
      runId: string,
      { withSpans = false }: { readonly withSpans?: boolean } = {},
    ): Promise<readonly RunStepRecord[]> {
      const run = await this.get(userId, runId)
      return run ? stepsOf(run, withSpans ? runStepCodec.columns : STEP_COLUMNS) : []
    },

    /** The steps of a run that the caller has at hand, with what they did inside. */
    stepsOf: (run: Pick<RunRecord, 'id' | 'flowId'>): Promise<readonly RunStepRecord[]> =>
      stepsOf(run, runStepCodec.columns),

    /** The newest steps of each node of a flow, oldest first. */
    async latestSteps(userId: string, flowId: string, perNode = 2): Promise<readonly RunStepRecord[]> {
      const ranked = ownSteps(userId, flowId).select([
        'run_step.seq',
        sql<number>`row_number() over (partition by run_step.node_id order by run_step.seq desc)`.as('age'),
      ])
      const rows = await db
        .selectFrom('run_step')
        .select(STEP_COLUMNS.map((column) => `run_step.${column}` as const))
        .innerJoin(ranked.as('ranked'), 'ranked.seq', 'run_step.seq')
        .where('ranked.age', '<=', perNode)
        .orderBy('run_step.seq')
        .execute()
      return rows.map((row) => runStepCodec.decode(row))
    },

    /** One page of a flow's steps, newest first, and how many there are in all. Pages count from 1. */
    async stepsPage(
      userId: string,
      flowId: string,
      { page = 1, size = 50 }: { readonly page?: number; readonly size?: number } = {},
    ): Promise<{ readonly steps: readonly RunStepRecord[]; readonly total: number }> {
      const own = ownSteps(userId, flowId)
      const count = await own.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirst()
      const rows = await own
        .select(STEP_COLUMNS)
        .orderBy('run_step.seq', 'desc')
        .limit(size)
        .offset((page - 1) * size)
        .execute()
      return { steps: rows.map((row) => runStepCodec.decode(row)), total: count?.total ?? 0 }
    },

    /** Forgets the steps of a flow; answers how many went. */
    async removeSteps(userId: string, flowId: string): Promise<number> {
      const own = ownSteps(userId, flowId).select('run_step.seq')
      const { numDeletedRows } = await db.deleteFrom('run_step').where('seq', 'in', own).executeTakeFirst()
      return Number(numDeletedRows)
    },

    /**
     * To be called at start, before any run: interactive runs that a crash cut off become failed, and the last
     * message of each is marked as partial. Webhook runs are the queue's. Answers the ids.
     */
    markInterrupted: (now: number = Date.now()): Promise<readonly string[]> =>
      db.transaction().execute(async (transaction) => {
        const cut = await transaction
          .updateTable('run')
          .set({ status: 'failed', error: 'interrupted', error_code: 'interrupted', ended_at: now })
          // As the index says it; bound values would not find the partial index.
          .where(sql<boolean>`status in ('queued', 'running')`)
          .where('kind', '!=', 'webhook')
          .returningAll()
          .execute()
        for (const run of cut) {
          const row = await transaction
            .selectFrom('message')
            .selectAll()
            .where('flow_id', '=', run.flow_id)
            .where('session_id', '=', run.session_id)
            .where('timestamp', '>=', run.started_at)
            .where('run_id', '=', run.id)
            .orderBy('timestamp', 'desc')
            .orderBy('id', 'desc')
            .executeTakeFirst()
          if (!row) continue
          const { properties } = messageCodec.decode(row)
          await transaction
            .updateTable('message')
            .set(messageCodec.encodePart({ error: true, properties: { ...properties, state: 'partial' } }))
            .where('id', '=', row.id)
            .execute()
        }
        return cut.map((run) => run.id)
      }),
  }
}

/** Spans are many times longer than what most readers want of a step. */
const STEP_COLUMNS = runStepCodec.columns.filter((column) => column !== 'spans')

const numberOf = (version: number | 'draft'): number | null => (version === 'draft' ? null : version)

/** Whether a text holds the part, in any case. */
const holds = (text: RawBuilder<unknown>, part: string) =>
  sql<boolean>`lower(${text}) like ${`%${escapeLike(part.toLowerCase())}%`} escape '\\'`

export type RunRepository = ReturnType<typeof createRunRepository>
