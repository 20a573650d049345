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
import type { ProjectRecord, UserRecord } from '@runnel/storage/records'
import type { FastifyInstance } from 'fastify'
import { flowListJson, flowPageJson } from '../flows/flow-wire.ts'
import { implement } from '../http/implement.ts'
import { RawJson } from '../http/raw-json.ts'
import type { Services } from '../services.ts'
import { folderAliases } from './folder-aliases.ts'

/** Projects, under their name and under the older one, `folders`. */
export function projectsRoutes(app: FastifyInstance, services: Pick<Services, 'projects' | 'projectAuths'>): void {
  const { projects, projectAuths } = services
  const toRead = (project: ProjectRecord, { username }: Pick<UserRecord, 'username'>): ProjectRead => ({
    name: project.name,
    description: project.description,
    auth_settings: projectAuths.shown(project),
    id: project.id,
    parent_id: project.parentId,
    stores_payloads: project.storesPayloads,
    owner_username: username,
    is_owner: true,
  })

  /** Who may call its MCP server, where that was said. */
  const withAuth = (project: ProjectRecord, { auth_settings: given }: Pick<ProjectUpdate, 'auth_settings'>) =>
    given ? projectAuths.write(project, given) : project

  for (const endpoint of folderAliases(listProjects)) {
    implement(app, endpoint, async ({ user }) => (await projects.list(user.id)).map((one) => toRead(one, user)))
  }
  for (const endpoint of folderAliases(createProject)) {
    implement(app, endpoint, async ({ body, user }) =>
      toRead(await withAuth(await projects.add(user.id, body), body), user),
    )
  }
  for (const endpoint of folderAliases(readProject)) {
    implement(app, endpoint, async ({ params, query, user }) => {
      const project = await projects.find(user.id, params.project_id)
      const { page, size, search } = query
      // Both flags at once mean either kind, as neither does.
      const isComponent = query.is_component === query.is_flow ? undefined : query.is_component
      const found = await projects.flowsOf(user.id, project.id, { page, size, search, isComponent })
      const head = JSON.stringify(toRead(project, user))
      return page !== undefined && size !== undefined
        ? new RawJson(`{"folder":${head},"flows":${flowPageJson(found.items, { total: found.total, page, size })}}`)
        : new RawJson(`${head.slice(0, -1)},"flows":${flowListJson(found.items)}}`)
    })
  }
  for (const endpoint of folderAliases(updateProject)) {
    implement(app, endpoint, async ({ params, body, user }) =>
      toRead(await withAuth(await projects.update(user.id, params.project_id, body), body), user),
    )
  }
  for (const endpoint of folderAliases(putProject)) {
    implement(app, endpoint, async ({ params, body, user }, reply) => {
      const { isNew, project } = await projects.put(user.id, params.project_id, body)
      reply.code(isNew ? 201 : 200)
      return toRead(await withAuth(project, body), user)
    })
  }

  for (const endpoint of folderAliases(deleteProject)) {
    implement(app, endpoint, ({ params, user }) => projects.remove(user.id, params.project_id))
  }
}
