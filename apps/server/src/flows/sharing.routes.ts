import { readSharing, updateSharing } from '@runnel/protocol/sharing'
import type { FastifyInstance } from 'fastify'
import { implement } from '../http/implement.ts'
import type { Services } from '../services.ts'

/** What visitors of a user's flows are shown. */
export function sharingRoutes(app: FastifyInstance, { flows, sharing }: Pick<Services, 'flows' | 'sharing'>): void {
  implement(app, readSharing, async ({ params, user }) => {
    const { id } = await flows.find(user.id, params.flow_id)
    return sharing.read(id)
  })

  implement(app, updateSharing, async ({ params, body, user }) => {
    const { id } = await flows.find(user.id, params.flow_id)
    await sharing.write(id, body)
    return body
  })
}
