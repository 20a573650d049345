import { sql } from 'kysely'
import type { Engine } from './dialect/engine.ts'
import { withUnique } from './faults.ts'
import type { ProjectRecord } from './records.ts'
import { removeFlows } from './remove-flows.ts'
import { projectCodec } from './row-codecs.ts'
import { escapeLike, inParentheses, nextFreeName } from './unique-name.ts'

export type ProjectChanges = Partial<
  Pick<ProjectRecord, 'name' | 'description' | 'parentId' | 'authSettings' | 'storesPayloads'>
>

const STORES_PAYLOADS =
  'select stores_payloads from project inner join flow on flow.project_id = project.id where flow.id = ?'

const clashes = { project_name: 'name_not_unique' } as const

/** Projects of users. Another user's project is simply not found. */
export function createProjectRepository({ db, prepareRead }: Pick<Engine, 'db' | 'prepareRead'>) {
  const storesPayloads = prepareRead(STORES_PAYLOADS, (row) => row.stores_payloads !== 0)

  return {
    /** @throws AppError `name_not_unique` */
    async add(project: ProjectRecord): Promise<ProjectRecord> {
      await withUnique(clashes, () => db.insertInto('project').values(projectCodec.encode(project)).execute())
      return project
    },

    async find(userId: string, id: string): Promise<ProjectRecord | undefined> {
      const own = db.selectFrom('project').selectAll().where('user_id', '=', userId)
      const row = await own.where('id', '=', id).executeTakeFirst()
      return row && projectCodec.decode(row)
    },

    /** Whoever it belongs to: for callers that are no users. */
    async findAny(id: string): Promise<ProjectRecord | undefined> {
      const row = await db.selectFrom('project').selectAll().where('id', '=', id).executeTakeFirst()
      return row && projectCodec.decode(row)
    },

    async findByName(userId: string, name: string): Promise<ProjectRecord | undefined> {
      const own = db.selectFrom('project').selectAll().where('user_id', '=', userId)
      const row = await own.where('name', '=', name).executeTakeFirst()
      return row && projectCodec.decode(row)
    },

    /** Oldest first. */
    async list(userId: string): Promise<readonly ProjectRecord[]> {
      const own = db.selectFrom('project').selectAll().where('user_id', '=', userId)
      const rows = await own.orderBy('created_at').orderBy('id').execute()
      return rows.map((row) => projectCodec.decode(row))
    },

    /** @throws AppError `name_not_unique` */
    async update(userId: string, id: string, changes: ProjectChanges): Promise<ProjectRecord | undefined> {
      const query = db
        .updateTable('project')
        .set({ ...projectCodec.encodePart(changes), updated_at: Date.now() })
        .where('user_id', '=', userId)
        .where('id', '=', id)
      const row = await withUnique(clashes, () => query.returningAll().executeTakeFirst())
      return row && projectCodec.decode(row)
    },

    /** Removes a project with its flows and all they left behind. Answers whether there was one. */
    remove: (userId: string, id: string): Promise<boolean> =>
      db.transaction().execute(async (transaction) => {
        const flows = await transaction
          .selectFrom('flow')
          .select('id')
          .where('user_id', '=', userId)
          .where('project_id', '=', id)
          .execute()
        const flowIds = flows.map((flow) => flow.id)
        await removeFlows(transaction, userId, flowIds)
        const gone = await transaction
          .deleteFrom('project')
          .where('user_id', '=', userId)
          .where('id', '=', id)
          .returning('id')
          .execute()
        return gone.length > 0
      }),

    /** Whether what runs of this flow are given and give is kept; true for a flow that is in no project. */
    async storesPayloadsOf(flowId: string): Promise<boolean> {
      return (await storesPayloads(flowId)) ?? true
    },

    /** Puts flows of the user into a project of the same user; answers how many moved. */
    async moveFlows(userId: string, flowIds: readonly string[], projectId: string): Promise<number> {
      if (flowIds.length === 0) return 0
      const moved = await db
        .updateTable('flow')
        .set((eb) => ({ project_id: projectId, version: eb('version', '+', 1), updated_at: Date.now() }))
        .where('user_id', '=', userId)
        .where('id', 'in', flowIds)
        .where((eb) =>
          eb.exists(
            eb
              .selectFrom('project')
              .select('project.id')
              .where('project.id', '=', projectId)
              .where('project.user_id', '=', userId),
          ),
        )
        .returning('id')
        .execute()
      return moved.length
    },

    /** `wanted`, or `wanted (n)` when the user has a project of that name. */
    async uniqueName(userId: string, wanted: string): Promise<string> {
      const pattern = `${escapeLike(wanted + inParentheses.before)}%`
      const rows = await db
        .selectFrom('project')
        .select('name')
        .where('user_id', '=', userId)
        .where((eb) => eb.or([eb('name', '=', wanted), sql<boolean>`name like ${pattern} escape '\\'`]))
        .execute()
      const taken = rows.map((row) => row.name)
      return nextFreeName(wanted, taken, inParentheses)
    },
  }
}

export type ProjectRepository = ReturnType<typeof createProjectRepository>
