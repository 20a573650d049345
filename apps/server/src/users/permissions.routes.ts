import { parseUuid } from '@runnel/protocol/identifiers'
import { readPermissions } from '@runnel/protocol/permissions'
import type { ProjectRole } from '@runnel/protocol/roles'
import type { FastifyInstance } from 'fastify'
import { implement } from '../http/implement.ts'
import type { Services } from '../services.ts'

const ACTIONS = ['read', 'write', 'execute', 'delete', 'deploy']

const NONE: Granted = new Map()

/** What members may do with the flows of a project, and with the project itself. */
const OF_FLOW: Readonly<Record<ProjectRole, readonly string[]>> = {
  viewer: ['read'],
  runner: ['read', 'execute'],
  editor: ACTIONS,
  owner: ACTIONS,
}
const OF_PROJECT: Readonly<Record<ProjectRole, readonly string[]>> = {
  viewer: ['read'],
  runner: ['read', 'execute'],
  editor: ['read', 'execute', 'deploy'],
  owner: ['read', 'write', 'execute', 'deploy'],
}

type Granted = ReadonlyMap<string, readonly string[] | 'all'>

/** What the caller may do: all with what is their own, with what is shared as far as their role goes, nothing else. */
export function permissionsRoutes(app: FastifyInstance, { storage }: Pick<Services, 'storage'>): void {
  const { flows, projects, projectMembers } = storage

  async function flowsOf(userId: string): Promise<Granted> {
    const own = (await flows.headers(userId)).map(({ id }) => [id, 'all'] as const)
    const shared = await Promise.all(
      (await projectMembers.sharedWith(userId)).map(async ({ project, role }) =>
        (await flows.headers(project.userId, { projectId: project.id })).map(({ id }) => [id, OF_FLOW[role]] as const),
      ),
    )
    return new Map<string, readonly string[] | 'all'>([...own, ...shared.flat()])
  }

  async function projectsOf(userId: string): Promise<Granted> {
    const own = (await projects.list(userId)).map(({ id }) => [id, 'all'] as const)
    const shared = await projectMembers.sharedWith(userId)
    return new Map<string, readonly string[] | 'all'>([
      ...own,
      ...shared.map(({ project, role }) => [project.id, OF_PROJECT[role]] as const),
    ])
  }

  implement(app, readPermissions, async ({ body, user }) => {
    const { resource_type: type, resource_ids: ids } = body
    const asked = body.actions ?? ACTIONS
    const isProject = type === 'project' || type === 'folder'
    const known = isProject ? await projectsOf(user.id) : type === 'flow' ? await flowsOf(user.id) : NONE
    const allowed = (text: string): readonly string[] => {
      const parsed = parseUuid(text)
      const granted = 'id' in parsed ? known.get(parsed.id) : undefined
      return granted === 'all' ? asked : asked.filter((action) => granted?.includes(action))
    }
    return { resource_type: type, permissions: Object.fromEntries(ids.map((id) => [id, allowed(id)])) }
  })
}
