import type { Engine } from './dialect/engine.ts'
import { modelUsageCodec } from './run-codecs.ts'
import type { ModelUsageRecord } from './run-records.ts'

export interface ModelUsageQuery {
  readonly userId: string
  /** Days, both included: `2026-01-31`. */
  readonly from?: string
  readonly to?: string
  readonly flowIds?: readonly string[]
}

/** What models are used for, day by day. It is written with the runs. */
export function createModelUsageRepository({ db }: Pick<Engine, 'db'>) {
  return {
    /** By day, flow and model. */
    async list({ userId, from, to, flowIds }: ModelUsageQuery): Promise<readonly ModelUsageRecord[]> {
      if (flowIds?.length === 0) return []
      let query = db.selectFrom('model_usage_day').selectAll().where('user_id', '=', userId)
      if (from !== undefined) query = query.where('day', '>=', from)
      if (to !== undefined) query = query.where('day', '<=', to)
      if (flowIds) query = query.where('flow_id', 'in', flowIds)
      const rows = await query.orderBy('day').orderBy('flow_id').orderBy('provider').orderBy('model').execute()
      return rows.map((row) => modelUsageCodec.decode(row))
    },
  }
}

export type ModelUsageRepository = ReturnType<typeof createModelUsageRepository>
