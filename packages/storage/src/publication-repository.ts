import { sql } from 'kysely'
import type { Engine, Row } from './dialect/engine.ts'
import { withUnique } from './faults.ts'
import type { PublicationRecord, PublishedVersionHeader, PublishedVersionRecord } from './records.ts'
import { publicationCodec, publishedVersionCodec, publishedVersionHeaderCodec } from './row-codecs.ts'
import { escapeLike } from './unique-name.ts'

/** A flow as whoever calls it needs to know it. */
export interface CallableFlow {
  readonly id: string
  readonly ownerId: string
  readonly projectId: string | null
  readonly accessType: 'PRIVATE' | 'PUBLIC'
  /** Undefined: it was never published. */
  readonly publication: Pick<PublicationRecord, 'version' | 'isLive' | 'cacheSeconds' | 'rateLimit'> | undefined
}

export interface PublicationQuery {
  /** Part of the name of the flow, in any case. */
  readonly search?: string
  /** Pages count from 1. */
  readonly page: number
  readonly size: number
  /** Only these flows. */
  readonly flowIds?: readonly string[]
}

export type NewPublishedVersion = Omit<PublishedVersionRecord, 'number'>
export type PublicationChanges = Partial<Pick<PublicationRecord, 'isLive' | 'cacheSeconds' | 'rateLimit'>>

/** Two requests may take the same number at the same moment. */
const clashes = { published_version_number: 'name_not_unique' } as const
const CALLABLE = `select f.id, f.user_id, f.project_id, f.access_type,
  p.version, p.is_live, p.cache_seconds, p.rate_limit
  from flow f left join publication p on p.flow_id = f.id`

/** Published flows and their versions. The caller decides what a stranger may do with a `CallableFlow`. */
export function createPublicationRepository({ db, prepareRead }: Pick<Engine, 'db' | 'prepareRead'>) {
  const callableById = prepareRead(`${CALLABLE} where f.id = ?`, toCallable)
  const callableByName = prepareRead(`${CALLABLE} where f.user_id = ? and f.endpoint_name = ?`, toCallable)

  const matching = (userId: string, { search, flowIds }: Pick<PublicationQuery, 'search' | 'flowIds'>) => {
    let query = db.selectFrom('publication').innerJoin('flow', 'flow.id', 'publication.flow_id')
    query = query.where('publication.user_id', '=', userId)
    if (flowIds) query = query.where('publication.flow_id', 'in', flowIds.length > 0 ? flowIds : [''])
    if (!search) return query
    const pattern = `%${escapeLike(search.toLowerCase())}%`
    return query.where(sql<boolean>`lower(flow.name) like ${pattern} escape '\\'`)
  }

  return {
    /** Anybody's flow by its id, or one of the user's by its endpoint name: asked before every call. */
    async callable(userId: string, idOrName: string): Promise<CallableFlow | undefined> {
      return (await callableById(idOrName)) ?? (await callableByName(userId, idOrName))
    },

    async find(userId: string, flowId: string): Promise<PublicationRecord | undefined> {
      const own = db.selectFrom('publication').selectAll().where('user_id', '=', userId)
      const row = await own.where('flow_id', '=', flowId).executeTakeFirst()
      return row && publicationCodec.decode(row)
    },

    /** One page, the last published first, and how many there are in all. */
    async list(
      userId: string,
      query: PublicationQuery,
    ): Promise<{ readonly items: readonly PublicationRecord[]; readonly total: number }> {
      const own = matching(userId, query)
      const count = await own.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirst()
      const rows = await own
        .selectAll('publication')
        .orderBy('publication.published_at', 'desc')
        .orderBy('publication.flow_id')
        .limit(query.size)
        .offset((query.page - 1) * query.size)
        .execute()
      return { items: rows.map((row) => publicationCodec.decode(row)), total: Number(count?.total ?? 0) }
    },

    /**
     * Adds a version under the next number and makes it the one that is called.
     * @throws AppError `name_not_unique` when another version took the number at that moment
     */
    publish: (ownerId: string, given: NewPublishedVersion): Promise<PublishedVersionRecord> =>
      db.transaction().execute(async (transaction) => {
        // The newest is never deleted, so no number is given twice.
        const newest = await transaction
          .selectFrom('published_version')
          .select((eb) => eb.fn.max('number').as('number'))
          .where('flow_id', '=', given.flowId)
          .executeTakeFirst()
        const version = { ...given, number: Number(newest?.number ?? 0) + 1 }
        const row = publishedVersionCodec.encode(version)
        await withUnique(clashes, () => transaction.insertInto('published_version').values(row).execute())
        const live = { version: version.number, is_live: 1, published_at: version.createdAt }
        await transaction
          .insertInto('publication')
          .values({ flow_id: given.flowId, user_id: ownerId, cache_seconds: 0, rate_limit: null, ...live })
          .onConflict((conflict) => conflict.column('flow_id').doUpdateSet(live))
          .execute()
        return version
      }),

    /** Changes the given settings. Undefined when the user has no such publication. */
    async update(userId: string, flowId: string, changes: PublicationChanges): Promise<PublicationRecord | undefined> {
      const row = await db
        .updateTable('publication')
        .set({ user_id: userId, ...publicationCodec.encodePart(changes) })
        .where('user_id', '=', userId)
        .where('flow_id', '=', flowId)
        .returningAll()
        .executeTakeFirst()
      return row && publicationCodec.decode(row)
    },

    /** Newest first, without graphs and contracts. */
    async versions(flowId: string): Promise<readonly PublishedVersionHeader[]> {
      const rows = await db
        .selectFrom('published_version')
        .select([...publishedVersionHeaderCodec.columns])
        .where('flow_id', '=', flowId)
        .orderBy('number', 'desc')
        .execute()
      return rows.map((row) => publishedVersionHeaderCodec.decode(row))
    },

    async version(flowId: string, number: number): Promise<PublishedVersionRecord | undefined> {
      const row = await db
        .selectFrom('published_version')
        .selectAll()
        .where('flow_id', '=', flowId)
        .where('number', '=', number)
        .executeTakeFirst()
      return row && publishedVersionCodec.decode(row)
    },

    /** Removes a version that is not the newest. Answers whether there was one. */
    async removeVersion(userId: string, flowId: string, number: number): Promise<boolean> {
      const newest = db
        .selectFrom('publication')
        .select('version')
        .where('user_id', '=', userId)
        .where('flow_id', '=', flowId)
      const gone = await db
        .deleteFrom('published_version')
        .where('flow_id', '=', flowId)
        .where('number', '=', number)
        .where('number', '<', newest)
        .returning('number')
        .execute()
      return gone.length > 0
    },
  }
}

export type PublicationRepository = ReturnType<typeof createPublicationRepository>

function toCallable(row: Row): CallableFlow {
  return {
    id: String(row.id),
    ownerId: String(row.user_id),
    projectId: row.project_id === null ? null : String(row.project_id),
    accessType: row.access_type === 'PUBLIC' ? 'PUBLIC' : 'PRIVATE',
    publication:
      row.version === null
        ? undefined
        : {
            version: Number(row.version),
            isLive: Number(row.is_live) === 1,
            cacheSeconds: Number(row.cache_seconds),
            rateLimit: row.rate_limit === null ? null : Number(row.rate_limit),
          },
  }
}
