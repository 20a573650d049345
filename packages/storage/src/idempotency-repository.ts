import { idempotentRequestCodec } from './database.ts'
import type { Engine } from './dialect/engine.ts'
import type { IdempotentRequest } from './records.ts'

/** Which request with an idempotency key began which run. Written with the run itself: `RunBatch.request`. */
export function createIdempotencyRepository({ db }: Pick<Engine, 'db'>) {
  return {
    async find(id: string): Promise<IdempotentRequest | undefined> {
      const row = await db.selectFrom('idempotent_request').selectAll().where('id', '=', id).executeTakeFirst()
      return row && idempotentRequestCodec.decode(row)
    },

    /** Forgets requests that came before. Epoch milliseconds. */
    async forget(before: number): Promise<void> {
      await db.deleteFrom('idempotent_request').where('created_at', '<', before).execute()
    },
  }
}

export type IdempotencyRepository = ReturnType<typeof createIdempotencyRepository>
