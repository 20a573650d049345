import type { Engine } from './dialect/engine.ts'
import { withUnique } from './faults.ts'
import type { FlowVersionHeader, FlowVersionRecord } from './records.ts'
import { flowVersionCodec, flowVersionHeaderCodec } from './row-codecs.ts'

/** Two requests may take the same number at the same moment. */
const clashes = { flow_version_number: 'name_not_unique' } as const

/** Earlier contents of flows. Those of another user's flow are simply not found. */
export function createFlowVersionRepository({ db }: Pick<Engine, 'db'>) {
  return {
    /**
     * Adds a version under the next number, and removes the oldest beyond `keep`.
     * @throws AppError `name_not_unique` when another version took the number at that moment
     */
    add: (given: Omit<FlowVersionRecord, 'number'>, { keep }: { readonly keep: number }): Promise<FlowVersionRecord> =>
      db.transaction().execute(async (transaction) => {
        const newest = await transaction
          .selectFrom('flow_version')
          .select((eb) => eb.fn.max('number').as('number'))
          .where('flow_id', '=', given.flowId)
          .executeTakeFirst()
        const version = { ...given, number: Number(newest?.number ?? 0) + 1 }
        const row = flowVersionCodec.encode(version)
        await withUnique(clashes, () => transaction.insertInto('flow_version').values(row).execute())
        const kept = transaction
          .selectFrom('flow_version')
          .select('number')
          .where('flow_id', '=', given.flowId)
          .orderBy('number', 'desc')
          .limit(keep)
        await transaction
          .deleteFrom('flow_version')
          .where('flow_id', '=', given.flowId)
          .where('number', 'not in', kept)
          .execute()
        return version
      }),

    /** Newest first, without the graphs. */
    async list(
      userId: string,
      flowId: string,
      { limit, offset }: { readonly limit: number; readonly offset: number },
    ): Promise<readonly FlowVersionHeader[]> {
      const rows = await db
        .selectFrom('flow_version')
        .select([...flowVersionHeaderCodec.columns])
        .where('user_id', '=', userId)
        .where('flow_id', '=', flowId)
        .orderBy('number', 'desc')
        .limit(limit)
        .offset(offset)
        .execute()
      return rows.map((row) => flowVersionHeaderCodec.decode(row))
    },

    async find(userId: string, flowId: string, id: string): Promise<FlowVersionRecord | undefined> {
      const row = await db
        .selectFrom('flow_version')
        .selectAll()
        .where('user_id', '=', userId)
        .where('flow_id', '=', flowId)
        .where('id', '=', id)
        .executeTakeFirst()
      return row && flowVersionCodec.decode(row)
    },

    /** Answers whether there was one. */
    async remove(userId: string, flowId: string, id: string): Promise<boolean> {
      const gone = await db
        .deleteFrom('flow_version')
        .where('user_id', '=', userId)
        .where('flow_id', '=', flowId)
        .where('id', '=', id)
        .returning('id')
        .execute()
      return gone.length > 0
    },
  }
}

export type FlowVersionRepository = ReturnType<typeof createFlowVersionRepository>
