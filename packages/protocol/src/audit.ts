import { z } from 'zod'
import { defineEndpoint } from './endpoint.ts'
import { exampleUser } from './examples.ts'
import { queryInteger } from './query.ts'

export const AuditEntry = z.object({
  id: z.string(),
  at: z.string(),
  actor_id: z.string().nullable(),
  /** The name of the actor at that moment; of a failed login, the name that was tried. */
  actor: z.string().nullable(),
  address: z.string(),
  action: z.string(),
  object_id: z.string().nullable(),
  /** The status that was answered. */
  result: z.number().int(),
})
export type AuditEntry = z.output<typeof AuditEntry>

export const listAuditEntries = defineEndpoint({
  method: 'GET',
  path: '/api/v1/audit',
  tag: 'Audit',
  summary: 'List who did what to the installation, newest first',
  access: 'superuser',
  query: z.object({
    actor_id: z.string().optional(),
    /** A whole action, `api_key.create`, or the noun of several, `api_key`. */
    action: z.string().optional(),
    from: z.iso.datetime({ offset: true, local: true }).optional(),
    to: z.iso.datetime({ offset: true, local: true }).optional(),
    /** Only entries older than the one of this id. */
    before: z.string().optional(),
    limit: queryInteger({ min: 1, max: 500 }).default(50),
  }),
  response: z.object({ entries: z.array(AuditEntry) }),
  examples: {
    response: {
      entries: [
        {
          id: '01ce083d-748b-7b8d-97b6-33adbb6a528c',
          at: '2026-01-05T17:59:07.855000',
          actor_id: exampleUser.id,
          actor: exampleUser.username,
          address: '127.0.0.1',
          action: 'api_key.create',
          object_id: 'b74ab634-eb2a-4f11-abfb-441372ce89cf',
          result: 200,
        },
      ],
    },
  },
})
