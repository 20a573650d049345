import type { Engine } from './dialect/engine.ts'
import { idempotentAnswerCodec, idempotentRequestCodec } from './run-codecs.ts'
import type { IdempotentAnswer, IdempotentRequest } from './run-records.ts'

/**
 * Which request with an idempotency key began which run: written with the run itself (`RunBatch.request`) where that
 * comes at once, else by `claim`; and what it was answered.
 */
export function createIdempotencyRepository({ db }: Pick<Engine, 'db'>) {
  return {
    async find(id: string): Promise<IdempotentRequest | undefined> {
      const row = await db.selectFrom('idempotent_request').selectAll().where('id', '=', id).executeTakeFirst()
      return row && idempotentRequestCodec.decode(row)
    },

    /** Remembers a request before its run begins. Answers false when an equal one is remembered already. */
    async claim(request: IdempotentRequest): Promise<boolean> {
      const added = await db
        .insertInto('idempotent_request')
        .values(idempotentRequestCodec.encode(request))
        .onConflict((conflict) => conflict.column('id').doNothing())
        .returning('id')
        .execute()
      return added.length > 0
    },

    /** Forgets a request that began nothing. */
    async release(id: string): Promise<void> {
      await db.deleteFrom('idempotent_request').where('id', '=', id).execute()
    },

    /** Keeps the answer; the first one stays. */
    async saveAnswer(answer: IdempotentAnswer): Promise<void> {
      const insert = db.insertInto('idempotent_answer').values(idempotentAnswerCodec.encode(answer))
      await insert.onConflict((conflict) => conflict.column('id').doNothing()).execute()
    },

    async answer(id: string): Promise<IdempotentAnswer | undefined> {
      const row = await db.selectFrom('idempotent_answer').selectAll().where('id', '=', id).executeTakeFirst()
      return row && idempotentAnswerCodec.decode(row)
    },

    /** Forgets requests that came before, and their answers. Epoch milliseconds. */
    async forget(before: number): Promise<void> {
      await db.deleteFrom('idempotent_request').where('created_at', '<', before).execute()
      await db.deleteFrom('idempotent_answer').where('created_at', '<', before).execute()
    },
  }
}

export type IdempotencyRepository = ReturnType<typeof createIdempotencyRepository>
