import type { BatchWriter } from './batch-writer.ts'
import type { Engine } from './dialect/engine.ts'
import type { ApiKeyRecord, UserRecord } from './records.ts'
import { apiKeyCodec, userCodec } from './row-codecs.ts'

export interface KeyWithUser {
  readonly key: ApiKeyRecord
  readonly user: UserRecord
}

export type NewApiKeyRecord = Omit<ApiKeyRecord, 'limits' | 'lastFour'> &
  Partial<Pick<ApiKeyRecord, 'limits' | 'lastFour'>>
export type KeyChanges = Partial<
  Pick<ApiKeyRecord, 'name' | 'isActive' | 'expiresAt' | 'limits' | 'hash' | 'prefix' | 'lastFour'>
>

const BY_HASH = `select ${apiKeyCodec.columns.map((name) => `k.${name} as k_${name}`).join(', ')},
  ${userCodec.columns.map((name) => `u.${name} as u_${name}`).join(', ')}
  from api_key k join "user" u on u.id = k.user_id where k.hash = ?`

/** API keys of users, by the hash of the key: the key itself is nowhere. */
export function createApiKeyRepository({ db, prepareRead }: Pick<Engine, 'db' | 'prepareRead'>, writer: BatchWriter) {
  const byHash = prepareRead(
    BY_HASH,
    (row): KeyWithUser => ({ key: apiKeyCodec.decode(row, 'k_'), user: userCodec.decode(row, 'u_') }),
  )
  return {
    async add(given: NewApiKeyRecord): Promise<ApiKeyRecord> {
      const key: ApiKeyRecord = { limits: null, lastFour: null, ...given }
      await db.insertInto('api_key').values(apiKeyCodec.encode(key)).execute()
      return key
    },

    async find(userId: string, id: string): Promise<ApiKeyRecord | undefined> {
      const own = db.selectFrom('api_key').selectAll().where('user_id', '=', userId)
      const row = await own.where('id', '=', id).executeTakeFirst()
      return row && apiKeyCodec.decode(row)
    },

    /** Changes what is given; null clears. Undefined when the user has no such key. */
    async update(userId: string, id: string, changes: KeyChanges): Promise<ApiKeyRecord | undefined> {
      const row = await db
        .updateTable('api_key')
        .set({ user_id: userId, ...apiKeyCodec.encodePart(changes) })
        .where('user_id', '=', userId)
        .where('id', '=', id)
        .returningAll()
        .executeTakeFirst()
      return row && apiKeyCodec.decode(row)
    },

    /** The key of this hash with its user, active or not. Its uses may have been counted a moment ago. */
    findByHash: (hash: string): Promise<KeyWithUser | undefined> => byHash(hash),

    /** Oldest first. */
    async list(userId: string): Promise<readonly ApiKeyRecord[]> {
      const own = db.selectFrom('api_key').selectAll().where('user_id', '=', userId)
      const rows = await own.orderBy('created_at').orderBy('id').execute()
      return rows.map((row) => apiKeyCodec.decode(row))
    },

    /** Answers whether there was one. */
    async remove(userId: string, id: string): Promise<boolean> {
      const gone = await db
        .deleteFrom('api_key')
        .where('user_id', '=', userId)
        .where('id', '=', id)
        .returning('id')
        .execute()
      return gone.length > 0
    },

    /** Counts a use, without waiting for the disk: it is written with the next batch of runs, or within a second. */
    countUse: (id: string, at: number = Date.now()): void => writer.countKeyUse(id, at),
  }
}

export type ApiKeyRepository = ReturnType<typeof createApiKeyRepository>
