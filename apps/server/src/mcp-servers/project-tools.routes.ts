import { AppError } from '@runnel/protocol/errors'
import {
  installProject,
  listInstalledClients,
  listProjectTools,
  readComposerUrl,
  updateProjectTools,
} from '@runnel/protocol/project-tools'
import type { FastifyInstance } from 'fastify'
import { type Call, implement } from '../http/implement.ts'
import { isFromThisMachine } from '../http/origin.ts'
import type { Services } from '../services.ts'
import type { Installer } from './client-installs.ts'

/** Which flows of a project are offered as tools. */
export function projectToolsRoutes(
  app: FastifyInstance,
  {
    projects,
    projectAuths,
    clientInstalls,
    storage,
    flows,
  }: Pick<Services, 'projects' | 'projectAuths' | 'clientInstalls' | 'storage' | 'flows'>,
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

  const installerOf = ({ user, request }: Pick<Call<unknown, unknown, unknown>, 'user' | 'request'>): Installer => ({
    user,
    localAddress: isFromThisMachine(request) ? `http://${request.headers.host}` : undefined,
  })
  implement(app, listInstalledClients, async (call) =>
    clientInstalls.list(await projects.find(call.user.id, call.params.project_id), installerOf(call)),
  )

  implement(app, installProject, async (call) => {
    const { client, transport } = call.body
    if (call.key?.limits) throw new AppError('key_scope', ['a key with limits makes and changes no keys'])
    const project = await projects.find(call.user.id, call.params.project_id)
    const wanted = { client, transport: transport ?? ('streamablehttp' as const) }
    const replaced = await clientInstalls.install(project, installerOf(call), wanted)
    const again = replaced.length > 0
    const message = `Successfully ${again ? 're' : ''}installed MCP configuration for ${client}`
    return { message: again ? `${message} (replaced existing servers: ${replaced.join(', ')})` : message }
  })

  implement(app, readComposerUrl, async ({ params, user }) => {
    const { id } = await projects.find(user.id, params.project_id)
    const error_message =
      'MCP Composer is only available for projects with MCP Composer enabled and OAuth authentication'
    return { project_id: id, uses_composer: false, error_message }
  })
}
