import {
  createProject,
  deleteProject,
  listProjects,
  type ProjectRead,
  type ProjectUpdate,
  putProject,
  readProject,
  updateProject,
} from '@runnel/protocol/projects'
import type { ProjectRecord } from '@runnel/storage/records'
import type { FastifyInstance } from 'fastify'
import { flowListJson, flowPageJson } from '../flows/flow-wire.ts'
import { isMember, type Reader, shownTo } from '../flows/shown-flow.ts'
import { implement } from '../http/implement.ts'
import { RawJson } from '../http/raw-json.ts'
import type { Services } from '../services.ts'
import { folderAliases } from './folder-aliases.ts'

/** Projects, under their name and under the older one, `folders`. */
export function projectsRoutes(
  app: FastifyInstance,
  services: Pick<Services, 'projects' | 'projectAuths' | 'storage'>,
): void {
  const { projects, projectAuths, storage } = services
  const toRead = (project: ProjectRecord, { user, author, role }: Reader): ProjectRead => ({
    name: project.name,
    description: project.description,
    auth_settings: role === 'owner' ? projectAuths.shown(project) : null,
    id: project.id,
    parent_id: project.parentId,
    stores_payloads: project.storesPayloads,
    owner_username: user.username,
    is_owner: user.id === author.id,
    role,
  })

  /** Who may call its MCP server, where that was said. */
  const withAuth = (project: ProjectRecord, { auth_settings: given }: Pick<ProjectUpdate, 'auth_settings'>) =>
    given ? projectAuths.write(project, given) : project

  for (const endpoint of folderAliases(listProjects)) {
    implement(app, endpoint, async (call) => {
      const own = await projects.list(call.user.id)
      const shared = await storage.projectMembers.sharedWith(call.user.id)
      const foreign = shared.map(({ project, ownerName, role }) =>
        toRead(project, { user: { id: project.userId, username: ownerName }, author: call.author, role }),
      )
      return [...own.map((one) => toRead(one, call)), ...foreign]
    })
  }
  for (const endpoint of folderAliases(createProject)) {
    implement(app, endpoint, async (call) =>
      toRead(await withAuth(await projects.add(call.user.id, call.body), call.body), call),
    )
  }
  for (const endpoint of folderAliases(readProject)) {
    implement(app, endpoint, async (call) => {
      const { params, query, user } = call
      const project = await projects.find(user.id, params.project_id)
      const { page, size, search } = query
      // Both flags at once mean either kind, as neither does.
      const isComponent = query.is_component === query.is_flow ? undefined : query.is_component
      const found = await projects.flowsOf(user.id, project.id, { page, size, search, isComponent })
      const items = found.items.map((flow) => shownTo(call, flow))
      const head = JSON.stringify(toRead(project, call))
      return page !== undefined && size !== undefined
        ? new RawJson(`{"folder":${head},"flows":${flowPageJson(items, { total: found.total, page, size })}}`)
        : new RawJson(`${head.slice(0, -1)},"flows":${flowListJson(items)}}`)
    })
  }
  for (const endpoint of folderAliases(updateProject)) {
    implement(app, endpoint, async (call) => {
      const { params, body, user } = call
      if (isMember(call)) await projects.checkReach(user.id, params.project_id, body)
      return toRead(await withAuth(await projects.update(user.id, params.project_id, body), body), call)
    })
  }
  for (const endpoint of folderAliases(putProject)) {
    implement(app, endpoint, async (call, reply) => {
      const { params, body, user } = call
      const { isNew, project } = await projects.put(user.id, params.project_id, body)
      reply.code(isNew ? 201 : 200)
      return toRead(await withAuth(project, body), call)
    })
  }

  for (const endpoint of folderAliases(deleteProject)) {
    implement(app, endpoint, ({ params, user }) => projects.remove(user.id, params.project_id))
  }
}
