import { type Kysely, sql } from 'kysely'
import type { Database } from './database.ts'
import type { Engine, Row } from './dialect/engine.ts'
import { withUnique } from './faults.ts'
import type { FlowHeader, FlowRecord } from './records.ts'
import { removeFlows } from './remove-flows.ts'
import { flowCodec, flowHeaderCodec } from './row-codecs.ts'
import { afterHyphen, escapeLike, inParentheses, type NameSuffix, nextFreeName } from './unique-name.ts'

export interface FlowQuery {
  readonly projectId?: string
  readonly isComponent?: boolean
  /** Part of the name, in any case. */
  readonly search?: string
  /** Pages count from 1; without a size, all. */
  readonly page?: number
  readonly size?: number
  /** Oldest first unless said. */
  readonly order?: 'oldest' | 'recently-changed'
}

export type FlowVersion = Pick<FlowRecord, 'id' | 'userId' | 'version' | 'accessType'>
export type FlowChanges = Partial<Omit<FlowRecord, 'id' | 'userId' | 'version' | 'createdAt' | 'updatedAt'>>

const clashes = { flow_name: 'name_not_unique', flow_endpoint_name: 'endpoint_name_not_unique' } as const
const VERSION = 'select id, user_id, version, access_type from flow where user_id = ?'

/** Flows of users. Another user's flow is simply not found; only `findAny` looks beyond the owner. */
export function createFlowRepository({ db, prepareRead }: Pick<Engine, 'db' | 'prepareRead'>) {
  const versionById = prepareRead(`${VERSION} and id = ?`, toVersion)
  const versionByName = prepareRead(`${VERSION} and endpoint_name = ?`, toVersion)

  const insert = (target: Kysely<Database>, flows: readonly FlowRecord[]) =>
    withUnique(clashes, async () => {
      for (const flow of flows) await target.insertInto('flow').values(flowCodec.encode(flow)).execute()
    })

  const namesLike = async (column: 'name' | 'endpoint_name', userId: string, wanted: string, suffix: NameSuffix) => {
    const pattern = `${escapeLike(wanted + suffix.before)}%`
    const rows = await db
      .selectFrom('flow')
      .select(`${column} as name`)
      .where('user_id', '=', userId)
      .where((eb) => eb.or([eb(column, '=', wanted), sql<boolean>`${eb.ref(column)} like ${pattern} escape '\\'`]))
      .execute()
    return rows.map((row) => row.name ?? '')
  }

  const matching = (userId: string, { projectId, isComponent, search }: FlowQuery) => {
    let query = db.selectFrom('flow').where('user_id', '=', userId)
    if (projectId !== undefined) query = query.where('project_id', '=', projectId)
    if (isComponent !== undefined) query = query.where('is_component', '=', isComponent ? 1 : 0)
    if (search) {
      const pattern = `%${escapeLike(search.toLowerCase())}%`
      query = query.where(sql<boolean>`lower(name) like ${pattern} escape '\\'`)
    }
    return query
  }
  const page = (userId: string, asked: FlowQuery) => {
    const { page: number = 1, size, order = 'oldest' } = asked
    const found = matching(userId, asked)
    const sorted =
      order === 'oldest'
        ? found.orderBy('created_at').orderBy('id')
        : found.orderBy('updated_at', 'desc').orderBy('id', 'desc')
    return size === undefined ? sorted : sorted.limit(size).offset((number - 1) * size)
  }

  return {
    /** @throws AppError `name_not_unique`, `endpoint_name_not_unique` */
    async add(flow: FlowRecord): Promise<FlowRecord> {
      await insert(db, [flow])
      return flow
    },

    /** All or none. @throws AppError `name_not_unique`, `endpoint_name_not_unique` */
    async addMany(flows: readonly FlowRecord[]): Promise<readonly FlowRecord[]> {
      await db.transaction().execute((transaction) => insert(transaction, flows))
      return flows
    },

    /** By id or endpoint name. */
    async find(userId: string, idOrName: string): Promise<FlowRecord | undefined> {
      const own = db.selectFrom('flow').selectAll().where('user_id', '=', userId)
      const row =
        (await own.where('id', '=', idOrName).executeTakeFirst()) ??
        (await own.where('endpoint_name', '=', idOrName).executeTakeFirst())
      return row && flowCodec.decode(row)
    },

    /** Whoever owns it, by id or, of public flows, by endpoint name. The caller decides what a stranger may do. */
    async findAny(idOrName: string): Promise<FlowRecord | undefined> {
      const any = db.selectFrom('flow').selectAll()
      const row =
        (await any.where('id', '=', idOrName).executeTakeFirst()) ??
        (await any
          .where('endpoint_name', '=', idOrName)
          // As the index says it; a bound value would not find the partial index.
          .where(sql<boolean>`access_type = 'PUBLIC'`)
          .orderBy('created_at')
          .executeTakeFirst())
      return row && flowCodec.decode(row)
    },

    /** Those of some flows that are public, whoever owns them. */
    async publicAmong(ids: readonly string[]): Promise<ReadonlySet<string>> {
      if (ids.length === 0) return new Set()
      const among = db.selectFrom('flow').select('id').where('id', 'in', ids)
      const rows = await among.where('access_type', '=', 'PUBLIC').execute()
      return new Set(rows.map(({ id }) => id))
    },

    /** Whoever owns it. */
    async nameOf(id: string): Promise<string | undefined> {
      return (await db.selectFrom('flow').select('name').where('id', '=', id).executeTakeFirst())?.name
    },

    /** The version of a flow by id or endpoint name: what a cache of compiled flows asks before every run. */
    async version(userId: string, idOrName: string): Promise<FlowVersion | undefined> {
      return (await versionById(userId, idOrName)) ?? (await versionByName(userId, idOrName))
    },

    async list(userId: string, query: FlowQuery = {}): Promise<readonly FlowRecord[]> {
      return (await page(userId, query).selectAll().execute()).map((row) => flowCodec.decode(row))
    },

    /** Flows whose graph, as it is stored, has one of the texts somewhere; oldest first. */
    async withText(userId: string, texts: readonly string[]): Promise<readonly FlowRecord[]> {
      if (texts.length === 0) return []
      const rows = await page(userId, {})
        .selectAll()
        .where((eb) => eb.or(texts.map((text) => sql<boolean>`data like ${`%${escapeLike(text)}%`} escape '\\'`)))
        .execute()
      return rows.map((row) => flowCodec.decode(row))
    },

    /** As `list`, without the graphs. */
    async headers(userId: string, query: FlowQuery = {}): Promise<readonly FlowHeader[]> {
      const rows = await page(userId, query)
        .select([...flowHeaderCodec.columns])
        .execute()
      return rows.map((row) => flowHeaderCodec.decode(row))
    },

    /** How many flows `list` has on all its pages. */
    async count(userId: string, query: FlowQuery = {}): Promise<number> {
      const row = await matching(userId, query)
        .select((eb) => eb.fn.countAll<number>().as('total'))
        .executeTakeFirst()
      return row?.total ?? 0
    },

    /**
     * Changes the given fields. Undefined when there is no such flow, or when it is no longer of `ifVersion`.
     *
     * @throws AppError `name_not_unique`, `endpoint_name_not_unique`
     */
    async update(
      userId: string,
      id: string,
      changes: FlowChanges,
      { ifVersion, updatedAt = Date.now() }: { readonly ifVersion?: number; readonly updatedAt?: number } = {},
    ): Promise<FlowRecord | undefined> {
      let query = db
        .updateTable('flow')
        .set(flowCodec.encodePart(changes))
        .set((eb) => ({ version: eb('version', '+', 1), updated_at: updatedAt }))
        .where('user_id', '=', userId)
        .where('id', '=', id)
      if (ifVersion !== undefined) query = query.where('version', '=', ifVersion)
      const row = await withUnique(clashes, () => query.returningAll().executeTakeFirst())
      return row && flowCodec.decode(row)
    },

    /** Removes flows with their messages, runs and steps. Unknown ids are skipped. Answers how many went. */
    remove: (userId: string, ids: readonly string[]): Promise<number> =>
      db.transaction().execute((transaction) => removeFlows(transaction, userId, ids)),

    /** `wanted`, or `wanted (n)` when the user has a flow of that name. `alsoTaken`: names about to be added. */
    async uniqueName(userId: string, wanted: string, alsoTaken: readonly string[] = []): Promise<string> {
      const taken = await namesLike('name', userId, wanted, inParentheses)
      return nextFreeName(wanted, [...taken, ...alsoTaken], inParentheses)
    },

    /** `wanted`, or `wanted-n` when the user has a flow with that endpoint name. */
    async uniqueEndpointName(userId: string, wanted: string, alsoTaken: readonly string[] = []): Promise<string> {
      const taken = await namesLike('endpoint_name', userId, wanted, afterHyphen)
      return nextFreeName(wanted, [...taken, ...alsoTaken], afterHyphen)
    },
  }
}

export type FlowRepository = ReturnType<typeof createFlowRepository>

function toVersion(row: Row): FlowVersion {
  return {
    id: String(row.id),
    userId: String(row.user_id),
    version: Number(row.version),
    accessType: row.access_type === 'PUBLIC' ? 'PUBLIC' : 'PRIVATE',
  }
}
