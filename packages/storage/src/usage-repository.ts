import type { BatchWriter } from './batch-writer.ts'
import type { Engine } from './dialect/engine.ts'
import { usageCodec } from './run-codecs.ts'
import type { UsageRecord } from './run-records.ts'

export interface UsageQuery {
  readonly userId: string
  /** Days, both included: `2026-01-31`. */
  readonly from?: string
  readonly to?: string
  readonly flowIds?: readonly string[]
  readonly keyId?: string
}

/** How often flows are called. A row is a sum: its number does not grow with the calls of a day. */
export function createUsageRepository({ db }: Pick<Engine, 'db'>, writer: Pick<BatchWriter, 'write'>) {
  return {
    /** Adds to what is stored, all or nothing. */
    add: (usage: readonly UsageRecord[]): Promise<void> => writer.write({ messages: [], steps: [], usage }),

    /** By day, flow and key. */
    async list({ userId, from, to, flowIds, keyId }: UsageQuery): Promise<readonly UsageRecord[]> {
      if (flowIds?.length === 0) return []
      let query = db.selectFrom('usage_day').selectAll().where('user_id', '=', userId)
      if (from !== undefined) query = query.where('day', '>=', from)
      if (to !== undefined) query = query.where('day', '<=', to)
      if (flowIds) query = query.where('flow_id', 'in', flowIds)
      if (keyId !== undefined) query = query.where('key_id', '=', keyId)
      const rows = await query.orderBy('day').orderBy('flow_id').orderBy('key_id').orderBy('bucket').execute()
      return rows.map((row) => usageCodec.decode(row))
    },

    /** Calls of each of these flows since ever, and when the last one came. */
    async totals(
      userId: string,
      flowIds: readonly string[],
    ): Promise<ReadonlyMap<string, { readonly calls: number; readonly lastAt: number }>> {
      if (flowIds.length === 0) return new Map()
      const rows = await db
        .selectFrom('usage_day')
        .select((eb) => ['flow_id', eb.fn.sum('calls').as('calls'), eb.fn.max('last_at').as('last_at')])
        .where('user_id', '=', userId)
        .where('flow_id', 'in', flowIds)
        .groupBy('flow_id')
        .execute()
      return new Map(
        rows.map((row) => [row.flow_id, { calls: Number(row.calls), lastAt: Number(row.last_at) }] as const),
      )
    },
  }
}

export type UsageRepository = ReturnType<typeof createUsageRepository>
