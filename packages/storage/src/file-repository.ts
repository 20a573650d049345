import { sql } from 'kysely'
import type { Engine } from './dialect/engine.ts'
import { withUnique } from './faults.ts'
import type { FileRecord } from './records.ts'
import { fileCodec } from './row-codecs.ts'
import { escapeLike, inParentheses, nextFreeName } from './unique-name.ts'

export type FileChanges = Partial<Pick<FileRecord, 'name' | 'size'>> & Pick<FileRecord, 'updatedAt'>

const clashes = { file_name: 'name_not_unique' } as const
/** SQLite and Postgres bind at most some tens of thousands of values in one statement. */
const SLICE = 1000

/** Files of users. Another user's file is simply not found. */
export function createFileRepository({ db }: Pick<Engine, 'db'>) {
  return {
    /** @throws AppError `name_not_unique` */
    async add(file: FileRecord): Promise<FileRecord> {
      await withUnique(clashes, () => db.insertInto('file').values(fileCodec.encode(file)).execute())
      return file
    },

    async find(userId: string, id: string): Promise<FileRecord | undefined> {
      const own = db.selectFrom('file').selectAll().where('user_id', '=', userId)
      const row = await own.where('id', '=', id).executeTakeFirst()
      return row && fileCodec.decode(row)
    },

    async findByName(userId: string, name: string): Promise<FileRecord | undefined> {
      const own = db.selectFrom('file').selectAll().where('user_id', '=', userId)
      const row = await own.where('name', '=', name).executeTakeFirst()
      return row && fileCodec.decode(row)
    },

    /** Oldest first; of the given ids, or all. */
    async list(userId: string, ids?: readonly string[]): Promise<readonly FileRecord[]> {
      let own = db.selectFrom('file').selectAll().where('user_id', '=', userId)
      if (ids?.length === 0) return []
      if (ids) own = own.where('id', 'in', ids)
      const rows = await own.orderBy('created_at').orderBy('id').execute()
      return rows.map((row) => fileCodec.decode(row))
    },

    /** @throws AppError `name_not_unique` */
    async update(userId: string, id: string, changes: FileChanges): Promise<FileRecord | undefined> {
      const query = db
        .updateTable('file')
        .set(fileCodec.encodePart(changes))
        .where('user_id', '=', userId)
        .where('id', '=', id)
      const row = await withUnique(clashes, () => query.returningAll().executeTakeFirst())
      return row && fileCodec.decode(row)
    },

    /** Unknown ids are skipped. Answers those that went. */
    async remove(userId: string, ids: readonly string[]): Promise<readonly string[]> {
      const gone: string[] = []
      for (let at = 0; at < ids.length; at += SLICE) {
        const rows = await db
          .deleteFrom('file')
          .where('user_id', '=', userId)
          .where('id', 'in', ids.slice(at, at + SLICE))
          .returning('id')
          .execute()
        for (const { id } of rows) gone.push(id)
      }
      return gone
    },

    /** `wanted`, or `wanted (n)` when the user has a file of that name, whatever its extension. */
    async uniqueName(userId: string, wanted: string): Promise<string> {
      const pattern = `${escapeLike(wanted + inParentheses.before)}%`
      const rows = await db
        .selectFrom('file')
        .select('name')
        .where('user_id', '=', userId)
        .where((eb) => eb.or([eb('name', '=', wanted), sql<boolean>`name like ${pattern} escape '\\'`]))
        .execute()
      const taken = rows.map((row) => row.name)
      return nextFreeName(wanted, taken, inParentheses)
    },

    /** Which of these ids are of a user or a flow: the owners that folders of files are named after. */
    async owners(ids: readonly string[]): Promise<ReadonlySet<string>> {
      const found = new Set<string>()
      for (let at = 0; at < ids.length; at += SLICE) {
        const slice = ids.slice(at, at + SLICE)
        const [flows, users] = await Promise.all([
          db.selectFrom('flow').select('id').where('id', 'in', slice).execute(),
          db.selectFrom('user').select('id').where('id', 'in', slice).execute(),
        ])
        for (const { id } of [...flows, ...users]) found.add(id)
      }
      return found
    },
  }
}

export type FileRepository = ReturnType<typeof createFileRepository>
