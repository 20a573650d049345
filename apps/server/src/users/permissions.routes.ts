import { parseUuid } from '@runnel/protocol/identifiers'
import { readPermissions } from '@runnel/protocol/permissions'
import type { FastifyInstance } from 'fastify'
import { implement } from '../http/implement.ts'
import type { Services } from '../services.ts'

const ACTIONS = ['read', 'write', 'execute', 'delete', 'deploy']

/** What the caller may do: all with what is their own, nothing with anything else. */
export function permissionsRoutes(app: FastifyInstance, { storage }: Pick<Services, 'storage'>): void {
  implement(app, readPermissions, async ({ body, user }) => {
    const { resource_type: type, resource_ids: ids } = body
    const actions = body.actions ?? ACTIONS
    const isProject = type === 'project' || type === 'folder'
    const own = new Set(
      type === 'flow'
        ? (await storage.flows.headers(user.id)).map(({ id }) => id)
        : isProject
          ? (await storage.projects.list(user.id)).map(({ id }) => id)
          : [],
    )
    const allowed = (text: string) => {
      const parsed = parseUuid(text)
      return 'id' in parsed && own.has(parsed.id) ? actions : []
    }
    return { resource_type: type, permissions: Object.fromEntries(ids.map((id) => [id, allowed(id)])) }
  })
}
