import { sql } from 'kysely'
import type { Engine } from './dialect/engine.ts'
import { withUnique } from './faults.ts'
import type { UserRecord } from './records.ts'
import { removeFlows } from './remove-flows.ts'
import { userCodec } from './row-codecs.ts'
import { escapeLike } from './unique-name.ts'

export type UserChanges = Partial<Omit<UserRecord, 'id' | 'createdAt' | 'updatedAt'>>

/** Which users are meant; all unless something is said. */
export interface UserFilter {
  readonly username?: string | undefined
  /** A part of the name, in either case. */
  readonly search?: string | undefined
}

const clashes = { user_username: 'name_not_unique' } as const

/** The people, and the local user of an installation without a login. */
export function createUserRepository({ db }: Pick<Engine, 'db'>) {
  function matching({ username, search }: UserFilter) {
    let query = db.selectFrom('user')
    if (username !== undefined) query = query.where('username', '=', username)
    if (search) {
      const pattern = `%${escapeLike(search.toLowerCase())}%`
      query = query.where(sql<boolean>`lower(username) like ${pattern} escape '\\'`)
    }
    return query
  }

  return {
    /** @throws AppError `name_not_unique` when the user name is taken. */
    async add(user: UserRecord): Promise<UserRecord> {
      await withUnique(clashes, () => db.insertInto('user').values(userCodec.encode(user)).execute())
      return user
    },

    async find(id: string): Promise<UserRecord | undefined> {
      const row = await db.selectFrom('user').selectAll().where('id', '=', id).executeTakeFirst()
      return row && userCodec.decode(row)
    },

    async findByName(username: string): Promise<UserRecord | undefined> {
      const row = await db.selectFrom('user').selectAll().where('username', '=', username).executeTakeFirst()
      return row && userCodec.decode(row)
    },

    /** Oldest first; leaves out `skip` and answers at most `limit`. */
    async list({
      skip = 0,
      limit = 100,
      ...filter
    }: UserFilter & {
      readonly skip?: number
      readonly limit?: number
    } = {}): Promise<readonly UserRecord[]> {
      const all = matching(filter).selectAll().orderBy('created_at').orderBy('id')
      return (await all.limit(limit).offset(skip).execute()).map((row) => userCodec.decode(row))
    },

    async count(filter: UserFilter = {}): Promise<number> {
      const row = await matching(filter)
        .select((eb) => eb.fn.countAll<number>().as('total'))
        .executeTakeFirst()
      return row?.total ?? 0
    },

    async countSuperusers(): Promise<number> {
      const row = await db
        .selectFrom('user')
        .select((eb) => eb.fn.countAll<number>().as('total'))
        .where('is_superuser', '=', 1)
        .executeTakeFirst()
      return row?.total ?? 0
    },

    /** @throws AppError `name_not_unique` when the user name is taken. */
    async update(id: string, changes: UserChanges): Promise<UserRecord | undefined> {
      const query = db
        .updateTable('user')
        .set({ ...userCodec.encodePart(changes), updated_at: Date.now() })
        .where('id', '=', id)
      const row = await withUnique(clashes, () => query.returningAll().executeTakeFirst())
      return row && userCodec.decode(row)
    },

    /** Removes a user with all that is theirs. Answers whether there was one. */
    remove: (id: string): Promise<boolean> =>
      db.transaction().execute(async (transaction) => {
        const flows = await transaction.selectFrom('flow').select('id').where('user_id', '=', id).execute()
        const flowIds = flows.map((flow) => flow.id)
        await removeFlows(transaction, id, flowIds)
        await transaction.deleteFrom('message').where('user_id', '=', id).execute()
        // Projects, keys, variables and tokens go with the row.
        return (await transaction.deleteFrom('user').where('id', '=', id).returning('id').execute()).length > 0
      }),
  }
}

export type UserRepository = ReturnType<typeof createUserRepository>
