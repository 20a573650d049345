import type { Engine } from './dialect/engine.ts'
import type { AuditRecord } from './records.ts'
import { auditCodec } from './row-codecs.ts'

export interface AuditQuery {
  readonly actorId?: string
  /** A whole action, or the noun of several: `api_key`. */
  readonly action?: string
  /** From this moment on, and before that one. Epoch milliseconds. */
  readonly from?: number
  readonly to?: number
  /** Only records older than this one: the id of the last of the page before. */
  readonly before?: string
  readonly limit?: number
}

/** What was done to the installation: records are added, read, and removed by age. */
export function createAuditRepository({ db }: Pick<Engine, 'db'>) {
  return {
    async add(record: AuditRecord): Promise<void> {
      await db.insertInto('audit_record').values(auditCodec.encode(record)).execute()
    },

    /** Newest first. */
    async list({ actorId, action, from, to, before, limit = 50 }: AuditQuery = {}): Promise<readonly AuditRecord[]> {
      let query = db.selectFrom('audit_record').selectAll()
      if (actorId !== undefined) query = query.where('actor_id', '=', actorId)
      if (action !== undefined) {
        // `.` and `/` follow each other: all actions of the noun lie between them.
        const ofNoun = { from: `${action}.`, to: `${action}/` }
        query = query.where((eb) =>
          eb.or([eb('action', '=', action), eb.and([eb('action', '>', ofNoun.from), eb('action', '<', ofNoun.to)])]),
        )
      }
      if (from !== undefined) query = query.where('at', '>=', from)
      if (to !== undefined) query = query.where('at', '<', to)
      if (before !== undefined) query = query.where('id', '<', before)
      const rows = await query.orderBy('id', 'desc').limit(limit).execute()
      return rows.map((row) => auditCodec.decode(row))
    },

    /** Removes records from before. Epoch milliseconds. Answers how many went. */
    async removeBefore(time: number): Promise<number> {
      const gone = await db.deleteFrom('audit_record').where('at', '<', time).executeTakeFirst()
      return Number(gone.numDeletedRows)
    },
  }
}

export type AuditRepository = ReturnType<typeof createAuditRepository>
