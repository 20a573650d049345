import type { Engine } from './dialect/engine.ts'
import { flowTestCodec, flowTestRunCodec, flowTestRunHeaderCodec } from './flow-test-codecs.ts'
import type {
  FlowTestOutcome,
  FlowTestRecord,
  FlowTestResult,
  FlowTestRunHeader,
  FlowTestRunRecord,
} from './flow-test-records.ts'

/** Which scores are asked for. */
export interface ScoreQuery {
  /** Without one, everybody's. */
  readonly userId?: string
  readonly flowId?: string
  readonly projectId?: string
  /** Only runs that ended in this time. Epoch milliseconds. */
  readonly since: number
  readonly until: number
  readonly limit: number
}

export type TestRunProgress = Pick<FlowTestRunRecord, 'results' | 'passed' | 'updatedAt'>
export type TestRunEnd = Pick<FlowTestRunRecord, 'status' | 'score'> & TestRunProgress & { readonly endedAt: number }

/** Tests of flows and how they went. Those of another user's flows are simply not found. */
export function createFlowTestRepository({ db }: Pick<Engine, 'db'>) {
  const testsOf = (userId: string, flowId: string) =>
    db.selectFrom('flow_test').selectAll().where('user_id', '=', userId).where('flow_id', '=', flowId)
  const runsOf = (userId: string, flowId: string) =>
    db.selectFrom('flow_test_run').where('user_id', '=', userId).where('flow_id', '=', flowId)

  /** Writes into a run that is going on; answers whether it still is. */
  async function write(id: string, part: Partial<FlowTestRunRecord>): Promise<boolean> {
    const rows = await db
      .updateTable('flow_test_run')
      .set(flowTestRunCodec.encodePart(part))
      .where('id', '=', id)
      .where('status', '=', 'running')
      .returning('id')
      .execute()
    return rows.length > 0
  }

  return {
    async add(test: FlowTestRecord): Promise<FlowTestRecord> {
      await db.insertInto('flow_test').values(flowTestCodec.encode(test)).execute()
      return test
    },

    async find(userId: string, flowId: string, id: string): Promise<FlowTestRecord | undefined> {
      const row = await testsOf(userId, flowId).where('id', '=', id).executeTakeFirst()
      return row && flowTestCodec.decode(row)
    },

    /** Oldest first. */
    async list(userId: string, flowId: string): Promise<readonly FlowTestRecord[]> {
      const rows = await testsOf(userId, flowId).orderBy('created_at').orderBy('id').execute()
      return rows.map((row) => flowTestCodec.decode(row))
    },

    /** Puts the test in place of its older self; answers whether there was one. */
    async replace(test: FlowTestRecord): Promise<boolean> {
      const { id, flow_id, user_id, ...values } = flowTestCodec.encode(test)
      const rows = await db
        .updateTable('flow_test')
        .set(values)
        .where('user_id', '=', user_id)
        .where('flow_id', '=', flow_id)
        .where('id', '=', id)
        .returning('id')
        .execute()
      return rows.length > 0
    },

    /** Answers whether there was one. */
    async remove(userId: string, flowId: string, id: string): Promise<boolean> {
      const own = db.deleteFrom('flow_test').where('user_id', '=', userId).where('flow_id', '=', flowId)
      return (await own.where('id', '=', id).returning('id').execute()).length > 0
    },

    /** Keeps how a test went, unless it was changed meanwhile. */
    async settle({ id, updatedAt }: Pick<FlowTestRecord, 'id' | 'updatedAt'>, last: FlowTestOutcome): Promise<void> {
      await db
        .updateTable('flow_test')
        .set(flowTestCodec.encodePart({ last }))
        .where('id', '=', id)
        .where('updated_at', '=', updatedAt)
        .execute()
    },

    /** Adds a run of tests and forgets the oldest of its flow beyond so many. */
    addRun: (run: FlowTestRunRecord, { keep }: { readonly keep: number }): Promise<void> =>
      db.transaction().execute(async (transaction) => {
        await transaction.insertInto('flow_test_run').values(flowTestRunCodec.encode(run)).execute()
        const older = transaction
          .selectFrom('flow_test_run')
          .select('id')
          .where('flow_id', '=', run.flowId)
          .orderBy('started_at', 'desc')
          .orderBy('id', 'desc')
          .limit(1_000_000)
          .offset(keep)
        const gone = (await older.execute()).map(({ id }) => id)
        if (gone.length > 0) await transaction.deleteFrom('flow_test_run').where('id', 'in', gone).execute()
      }),

    async findRun(userId: string, flowId: string, id: string): Promise<FlowTestRunRecord | undefined> {
      const row = await runsOf(userId, flowId).selectAll().where('id', '=', id).executeTakeFirst()
      return row && flowTestRunCodec.decode(row)
    },

    /** Newest first. */
    async runs(userId: string, flowId: string, limit: number): Promise<readonly FlowTestRunHeader[]> {
      const rows = await runsOf(userId, flowId)
        .select(flowTestRunHeaderCodec.columns)
        .orderBy('started_at', 'desc')
        .orderBy('id', 'desc')
        .limit(limit)
        .execute()
      return rows.map((row) => flowTestRunHeaderCodec.decode(row))
    },

    /** Keeps how far a run is; answers false when it goes on no more. */
    progress: (id: string, progress: TestRunProgress): Promise<boolean> => write(id, progress),

    /** Keeps how a run ended; answers false when it had ended already. */
    end: (id: string, end: TestRunEnd): Promise<boolean> => write(id, end),

    /** Of runs of all the tests of a flow that came to their end, oldest first; of more than the limit the newest. */
    async scores({
      userId,
      flowId,
      projectId,
      since,
      until,
      limit,
    }: ScoreQuery): Promise<readonly FlowTestRunHeader[]> {
      let query = db
        .selectFrom('flow_test_run')
        .where('is_whole', '=', 1)
        .where('status', '=', 'completed')
        .where('ended_at', '>=', since)
        .where('ended_at', '<', until)
      if (userId !== undefined) query = query.where('user_id', '=', userId)
      if (flowId !== undefined) query = query.where('flow_id', '=', flowId)
      if (projectId !== undefined) {
        query = query.where('flow_id', 'in', (eb) =>
          eb.selectFrom('flow').select('flow.id').where('flow.project_id', '=', projectId),
        )
      }
      const rows = await query
        .select(flowTestRunHeaderCodec.columns)
        .orderBy('ended_at', 'desc')
        .orderBy('id', 'desc')
        .limit(limit)
        .execute()
      return rows.map((row) => flowTestRunHeaderCodec.decode(row)).toReversed()
    },
  }
}

export type FlowTestRepository = ReturnType<typeof createFlowTestRepository>

/** The number of results that passed. */
export const passedIn = (results: readonly FlowTestResult[]): number =>
  results.filter(({ state }) => state === 'passed').length
