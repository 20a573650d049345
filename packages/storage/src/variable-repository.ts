import type { Engine } from './dialect/engine.ts'
import { withUnique } from './faults.ts'
import type { VariableRecord } from './records.ts'
import { variableCodec } from './row-codecs.ts'

export type VariableChanges = Partial<Omit<VariableRecord, 'id' | 'userId' | 'createdAt' | 'updatedAt'>>

const clashes = { variable_name: 'name_not_unique' } as const

/** Variables of users. Another user's variable is simply not found. */
export function createVariableRepository({ db }: Pick<Engine, 'db'>) {
  return {
    /** @throws AppError `name_not_unique` */
    async add(variable: VariableRecord): Promise<VariableRecord> {
      await withUnique(clashes, () => db.insertInto('variable').values(variableCodec.encode(variable)).execute())
      return variable
    },

    /** By name. */
    async find(userId: string, name: string): Promise<VariableRecord | undefined> {
      const own = db.selectFrom('variable').selectAll().where('user_id', '=', userId)
      const row = await own.where('name', '=', name).executeTakeFirst()
      return row && variableCodec.decode(row)
    },

    /** By id. */
    async get(userId: string, id: string): Promise<VariableRecord | undefined> {
      const own = db.selectFrom('variable').selectAll().where('user_id', '=', userId)
      const row = await own.where('id', '=', id).executeTakeFirst()
      return row && variableCodec.decode(row)
    },

    /** Oldest first. */
    async list(userId: string): Promise<readonly VariableRecord[]> {
      const own = db.selectFrom('variable').selectAll().where('user_id', '=', userId)
      const rows = await own.orderBy('created_at').orderBy('id').execute()
      return rows.map((row) => variableCodec.decode(row))
    },

    /** @throws AppError `name_not_unique` */
    async update(userId: string, id: string, changes: VariableChanges): Promise<VariableRecord | undefined> {
      const query = db
        .updateTable('variable')
        .set({ ...variableCodec.encodePart(changes), updated_at: Date.now() })
        .where('user_id', '=', userId)
        .where('id', '=', id)
      const row = await withUnique(clashes, () => query.returningAll().executeTakeFirst())
      return row && variableCodec.decode(row)
    },

    /** Answers whether there was one. */
    async remove(userId: string, id: string): Promise<boolean> {
      const gone = await db
        .deleteFrom('variable')
        .where('user_id', '=', userId)
        .where('id', '=', id)
        .returning('id')
        .execute()
      return gone.length > 0
    },
  }
}

export type VariableRepository = ReturnType<typeof createVariableRepository>
