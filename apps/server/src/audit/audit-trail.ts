import { messageOf } from '@runnel/protocol/errors'
import { newId } from '@runnel/protocol/id'
import type { Storage } from '@runnel/storage/open-storage'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Log } from '../log.ts'

/** What a handler knows of what is being done, besides what its endpoint declares. */
export interface AuditNote {
  readonly action?: string
  readonly objectId?: string
  /** Of callers who are nobody yet: the name they give. */
  readonly actor?: string
  readonly actorId?: string
}

declare module 'fastify' {
  interface FastifyRequest {
    audited: AuditNote | null
  }
}

/** Has a request recorded, or adds to what is recorded of it. */
export function noteAudit(request: FastifyRequest, note: AuditNote): void {
  request.audited = { ...request.audited, ...note }
}

/** Characters of an id or a name that are kept. */
const LONGEST = 1000

/**
 * Records who did what, before the answer goes out: requests to endpoints that declare an action,
 * and those a handler has noted. Refused ones are recorded too.
 */
export function addAuditTrail(
  app: FastifyInstance,
  { storage, log, now }: { readonly storage: Pick<Storage, 'audit'>; readonly log: Log; readonly now: () => number },
): void {
  app.decorateRequest('audited', null)
  app.addHook('onSend', (request, reply, _payload, done) => {
    const action = request.audited?.action ?? request.routeOptions.config.endpoint?.audit
    // Most requests are not recorded, and need not wait for a promise.
    if (action === undefined) done()
    else record(action, request, reply).then(() => done(), done)
  })

  async function record(action: string, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { caller, audited } = request
    const [named] = Object.values(Object(request.params))
    const objectId = audited?.objectId ?? (typeof named === 'string' ? named : undefined)
    try {
      await storage.audit.add({
        id: newId(),
        at: now(),
        actorId: audited?.actorId ?? caller?.user.id ?? null,
        actor: (audited?.actor ?? caller?.user.username)?.slice(0, LONGEST) ?? null,
        address: request.ip,
        action,
        objectId: objectId?.slice(0, LONGEST) ?? null,
        result: reply.statusCode,
      })
    } catch (error) {
      log.error('an audit record was not written', { action, requestId: request.id, error: messageOf(error) })
    }
  }
}
