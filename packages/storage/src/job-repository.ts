import { type RawBuilder, sql, type Transaction } from 'kysely'
import type { Database } from './database.ts'
import type { Engine } from './dialect/engine.ts'
import { ClaimLost } from './faults.ts'
import { runCheckpointCodec, runJobCodec } from './run-codecs.ts'
import type { RunCheckpoint, RunClaim, RunJob, RunRecord, RunStatus } from './run-records.ts'

/** Runs of one flow that wait. */
export interface WaitingFlow {
  readonly flowId: string
  readonly userId: string
  readonly runs: number
  /** The id of the one that has waited longest. */
  readonly first: string
}

/** What unfinished runs of one flow take. */
export interface QueueLoad {
  readonly flowId: string
  readonly userId: string
  readonly runs: number
  /** Of their payloads. */
  readonly bytes: number
}

export interface ReturnHow {
  /** Handed back in an orderly way: the attempt does not count. */
  readonly uncounted: boolean
}

export interface SweepHow {
  /** Jobs that are with this process. */
  readonly held: readonly string[]
  /** Jobs that were begun this often are given up. */
  readonly maxAttempts: number
  /** What their runs then report. */
  readonly error: string
}

/** Whether nothing of a run will change any more. */
export const isFinal = ({ status }: Pick<RunRecord, 'status'>): boolean => status !== 'queued' && status !== 'running'

/**
 * Runs that wait for a worker or are with one. They come in with `RunBatch.job` and go with the last batch of their
 * run; here they are handed out and taken back. `now` is the clock of a database that has none: epoch milliseconds.
 */
export function createJobRepository({ db, dialect }: Pick<Engine, 'db' | 'dialect'>) {
  // Workers on several machines agree on one clock only.
  const clock = (now: number): RawBuilder<number> =>
    dialect === 'postgres' ? sql<number>`(extract(epoch from clock_timestamp()) * 1000)::bigint` : sql<number>`${now}`

  const setRuns = (
    transaction: Transaction<Database>,
    ids: readonly string[],
    values: { readonly status: RunStatus; readonly started_at?: number },
  ) => transaction.updateTable('run').set(values).where('id', 'in', ids).execute()

  const claimOf = async (
    transaction: Transaction<Database>,
    flowId: string,
    runs: number,
    leaseMs: number,
    now: number,
  ): Promise<readonly RunJob[]> => {
    let oldest = transaction
      .selectFrom('run_job')
      .select('id')
      .where('state', '=', 'queued')
      .where('flow_id', '=', flowId)
      .orderBy('id')
      .limit(runs)
    if (dialect === 'postgres') oldest = oldest.forUpdate().skipLocked()
    const rows = await transaction
      .updateTable('run_job')
      .set((eb) => ({
        state: 'running',
        attempts: eb('attempts', '+', 1),
        fence: eb('fence', '+', 1),
        lease_until: sql<number>`${clock(now)} + ${leaseMs}`,
        updated_at: now,
      }))
      .where('id', 'in', oldest)
      .returningAll()
      .execute()
    return rows.map((row) => runJobCodec.decode(row)).toSorted((a, b) => (a.id < b.id ? -1 : 1))
  }

  return {
    /** The flows whose runs wait. */
    async waiting(): Promise<readonly WaitingFlow[]> {
      const rows = await db
        .selectFrom('run_job')
        .select(({ fn }) => ['flow_id', 'user_id', fn.countAll<number>().as('runs'), fn.min<string>('id').as('first')])
        .where('state', '=', 'queued')
        .groupBy(['flow_id', 'user_id'])
        .execute()
      return rows.map(({ flow_id, user_id, ...row }) => ({ flowId: flow_id, userId: user_id, ...row }))
    },

    /** How much is waiting or running, by flow. */
    async loads(): Promise<readonly QueueLoad[]> {
      const rows = await db
        .selectFrom('run_job')
        .select(({ fn }) => [
          'flow_id',
          'user_id',
          fn.countAll<number>().as('runs'),
          fn.sum<number | string>('bytes').as('bytes'),
        ])
        .groupBy(['flow_id', 'user_id'])
        .execute()
      return rows.map((row) => ({
        flowId: row.flow_id,
        userId: row.user_id,
        runs: row.runs,
        bytes: Number(row.bytes),
      }))
    },

    /** Takes so many runs of each of these flows, those that have waited longest; fewer when fewer wait. */
    claim: (wanted: ReadonlyMap<string, number>, leaseMs: number, now: number): Promise<readonly RunJob[]> =>
      db.transaction().execute(async (transaction) => {
        const claimed: RunJob[] = []
        for (const [flowId, runs] of wanted) claimed.push(...(await claimOf(transaction, flowId, runs, leaseMs, now)))
        const ids = claimed.map(({ id }) => id)
        if (ids.length > 0) await setRuns(transaction, ids, { status: 'running', started_at: now })
        return claimed
      }),

    /** Keeps jobs for `leaseMs` more. Answers the ids of those that are still the caller's. */
    async renew(claims: readonly RunClaim[], leaseMs: number, now: number): Promise<readonly string[]> {
      if (claims.length === 0) return []
      const rows = await db
        .updateTable('run_job')
        .set({ lease_until: sql<number>`${clock(now)} + ${leaseMs}` })
        .where('state', '=', 'running')
        .where(({ eb, or, and }) =>
          or(claims.map(({ id, fence }) => and([eb('id', '=', id), eb('fence', '=', fence)]))),
        )
        .returning('id')
        .execute()
      return rows.map((row) => row.id)
    },

    /** Puts a job back in the queue, unless it is no longer the caller's. */
    giveBack: ({ id, fence }: RunClaim, { uncounted }: ReturnHow, now: number): Promise<void> =>
      db.transaction().execute(async (transaction) => {
        const row = await transaction
          .updateTable('run_job')
          .set((eb) => ({
            state: 'queued',
            attempts: eb('attempts', '-', uncounted ? 1 : 0),
            lease_until: 0,
            updated_at: now,
          }))
          .where('id', '=', id)
          .where('fence', '=', fence)
          .where('state', '=', 'running')
          .returning('id')
          .executeTakeFirst()
        if (row) await setRuns(transaction, [id], { status: 'queued' })
      }),

    /** Ends a run that waits or is worked on. Answers its job as it was; undefined when it has none, or none any more. */
    cancel: (id: string, now: number): Promise<RunJob | undefined> =>
      db.transaction().execute(async (transaction) => {
        const row = await transaction.deleteFrom('run_job').where('id', '=', id).returningAll().executeTakeFirst()
        if (!row) return undefined
        await transaction.deleteFrom('run_checkpoint').where('run_id', '=', id).execute()
        await transaction.updateTable('run').set({ status: 'cancelled', ended_at: now }).where('id', '=', id).execute()
        return runJobCodec.decode(row)
      }),

    /**
     * Puts jobs back in the queue whose worker is gone, and ends those that were begun too often. On SQLite, which one
     * process holds alone, that is every job that is not with this one; on Postgres it is those whose lease has ended.
     */
    sweep: ({ held, maxAttempts, error }: SweepHow, now: number): Promise<{ readonly ended: readonly string[] }> =>
      db.transaction().execute(async (transaction) => {
        let query = transaction.selectFrom('run_job').select(['id', 'attempts']).where('state', '=', 'running')
        if (dialect === 'postgres') query = query.where('lease_until', '<', clock(now)).forUpdate().skipLocked()
        const found = (await query.orderBy('id').execute()).filter(({ id }) => !held.includes(id))
        const ended = found.filter(({ attempts }) => attempts >= maxAttempts).map(({ id }) => id)
        const back = found.map(({ id }) => id).filter((id) => !ended.includes(id))
        if (back.length > 0) {
          await transaction
            .updateTable('run_job')
            .set({ state: 'queued', lease_until: 0, updated_at: now })
            .where('id', 'in', back)
            .execute()
          await setRuns(transaction, back, { status: 'queued' })
        }
        if (ended.length > 0) {
          await transaction
            .updateTable('run')
            .set({ status: 'failed', error, error_code: 'interrupted', ended_at: now })
            .where('id', 'in', ended)
            .execute()
          await transaction.deleteFrom('run_job').where('id', 'in', ended).execute()
          await transaction.deleteFrom('run_checkpoint').where('run_id', 'in', ended).execute()
        }
        return { ended }
      }),

    /**
     * What an earlier attempt at a run has finished. Whatever else it left behind — messages and steps of what it was
     * in the middle of — is removed, so that the repetition replaces it.
     * @throws ClaimLost
     */
    resume: ({ id, fence }: RunClaim, flowVersion: number): Promise<readonly RunCheckpoint[]> =>
      db.transaction().execute(async (transaction) => {
        let query = transaction.selectFrom('run_job').select('flow_id').where('id', '=', id).where('fence', '=', fence)
        if (dialect === 'postgres') query = query.forUpdate()
        const job = await query.executeTakeFirst()
        if (!job) throw new ClaimLost()
        // Steps of a flow that was changed in the meantime fit no more.
        const older = transaction.deleteFrom('run_checkpoint').where('run_id', '=', id)
        await older.where('flow_version', '!=', flowVersion).execute()
        const rows = await transaction.selectFrom('run_checkpoint').selectAll().where('run_id', '=', id).execute()
        const checkpoints = rows.map((row) => runCheckpointCodec.decode(row))
        const keptMessages = checkpoints.flatMap(({ messageIds }) => messageIds)
        let messages = transaction.deleteFrom('message').where('flow_id', '=', job.flow_id).where('run_id', '=', id)
        if (keptMessages.length > 0) messages = messages.where('id', 'not in', keptMessages)
        await messages.execute()
        let steps = transaction.deleteFrom('run_step').where('flow_id', '=', job.flow_id).where('run_id', '=', id)
        const keptSteps = checkpoints.map(({ nodeId }) => nodeId)
        if (keptSteps.length > 0) steps = steps.where('node_id', 'not in', keptSteps)
        await steps.execute()
        return checkpoints
      }),
  }
}

export type JobRepository = ReturnType<typeof createJobRepository>
