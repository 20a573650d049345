import type { Engine } from './dialect/engine.ts'
import type { RefreshTokenRecord } from './records.ts'
import { refreshTokenCodec } from './row-codecs.ts'

/** The refresh tokens that were handed out. */
export function createRefreshTokenRepository({ db }: Pick<Engine, 'db'>) {
  return {
    async add(token: RefreshTokenRecord): Promise<void> {
      await db.insertInto('refresh_token').values(refreshTokenCodec.encode(token)).execute()
    },

    async find(id: string): Promise<RefreshTokenRecord | undefined> {
      const row = await db.selectFrom('refresh_token').selectAll().where('id', '=', id).executeTakeFirst()
      return row && refreshTokenCodec.decode(row)
    },

    /** Marks a token as used. Answers true to one caller only, however many try at once. */
    async use(id: string, at: number = Date.now()): Promise<boolean> {
      const used = await db
        .updateTable('refresh_token')
        .set({ used_at: at })
        .where('id', '=', id)
        .where('used_at', 'is', null)
        .returning('id')
        .execute()
      return used.length > 0
    },

    /** Ends a login: all tokens that came from it. */
    async removeFamily(familyId: string): Promise<void> {
      await db.deleteFrom('refresh_token').where('family_id', '=', familyId).execute()
    },

    /** Ends all logins of a user. */
    async removeOfUser(userId: string): Promise<void> {
      await db.deleteFrom('refresh_token').where('user_id', '=', userId).execute()
    },

    async removeExpired(now: number = Date.now()): Promise<void> {
      await db.deleteFrom('refresh_token').where('expires_at', '<', now).execute()
    },
  }
}

export type RefreshTokenRepository = ReturnType<typeof createRefreshTokenRepository>
