import { listAuditEntries } from '@runnel/protocol/audit'
import type { FastifyInstance } from 'fastify'
import { isoMicroseconds, parseDate } from '../http/dates.ts'
import { implement } from '../http/implement.ts'
import type { Services } from '../services.ts'

/** Who did what to the installation. */
export function auditRoutes(app: FastifyInstance, { storage }: Pick<Services, 'storage'>): void {
  implement(app, listAuditEntries, async ({ query }) => {
    const { actor_id: actorId, action, before, limit } = query
    const from = query.from === undefined ? undefined : parseDate(query.from)
    const to = query.to === undefined ? undefined : parseDate(query.to)
    const records = await storage.audit.list({
      limit,
      ...(actorId !== undefined && { actorId }),
      ...(action !== undefined && { action }),
      ...(before !== undefined && { before }),
      ...(from !== undefined && { from }),
      ...(to !== undefined && { to }),
    })
    const entries = records.map(({ at, actorId: actor_id, objectId: object_id, ...rest }) => ({
      ...rest,
      at: isoMicroseconds(at),
      actor_id,
      object_id,
    }))
    return { entries }
  })
}
