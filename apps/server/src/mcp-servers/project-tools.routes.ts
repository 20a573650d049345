import { AppError } from '@runnel/protocol/errors'
import {
  installProject,
  listInstalledClients,
  listProjectTools,
  mcpClients,
  readComposerUrl,
  updateProjectTools,
} from '@runnel/protocol/project-tools'
import type { FastifyInstance } from 'fastify'
import { implement } from '../http/implement.ts'
import type { Services } from '../services.ts'

/** Which flows of a project are offered as tools. */
export function projectToolsRoutes(
  app: FastifyInstance,
  { projects, projectAuths, storage, flows }: Pick<Services, 'projects' | 'projectAuths' | 'storage' | 'flows'>,
): void {
  implement(app, listProjectTools, async ({ params, query, user }) => {
    const project = await projects.find(user.id, params.project_id)
    const held = await storage.flows.headers(user.id, { projectId: project.id, isComponent: false })
    const tools = held.filter(({ mcpEnabled }) => mcpEnabled || !query.mcp_enabled)
    return {
      tools: tools.map((flow) => ({
        id: flow.id,
        mcp_enabled: flow.mcpEnabled,
        action_name: flow.actionName,
        action_description: flow.actionDescription,
        name: flow.name,
        description: flow.description,
      })),
      auth_settings: projectAuths.shown(project),
    }
  })

  implement(app, updateProjectTools, async ({ params, body, user }) => {
    const project = await projects.find(user.id, params.project_id)
    const held = await storage.flows.headers(user.id, { projectId: project.id, isComponent: false })
    const ids = new Set(held.map(({ id }) => id))
    const wanted = body.settings.filter(({ id }) => ids.has(id))
    for (const { id, ...change } of wanted) await flows.update(user, id, change)
    if (!body.auth_settings) return { message: `Updated MCP settings for ${wanted.length} flows` }
    await projectAuths.write(project, body.auth_settings)
    return { message: `Updated MCP settings for ${wanted.length} flows and project auth settings` }
  })

  implement(app, listInstalledClients, async ({ params, user }) => {
    await projects.find(user.id, params.project_id)
    return mcpClients.map((name) => ({ name, installed: false, available: false }))
  })

  implement(app, installProject, async ({ params, body, user }) => {
    await projects.find(user.id, params.project_id)
    throw new AppError('mcp_client_out_of_reach', [body.client])
  })

  implement(app, readComposerUrl, async ({ params, user }) => {
    const { id } = await projects.find(user.id, params.project_id)
    const error_message =
      'MCP Composer is only available for projects with MCP Composer enabled and OAuth authentication'
    return { project_id: id, uses_composer: false, error_message }
  })
}
