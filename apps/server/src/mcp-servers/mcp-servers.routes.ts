import {
  createMcpServer,
  deleteMcpServer,
  listMcpServers,
  readMcpServer,
  replaceMcpServer,
} from '@runnel/protocol/mcp-servers'
import type { FastifyInstance } from 'fastify'
import { implement } from '../http/implement.ts'
import type { Services } from '../services.ts'
import { inspectServers } from './inspect-server.ts'
import { masked } from './mcp-server-service.ts'

/** The MCP servers of the caller, whose tools flows can use. */
export function mcpServersRoutes(
  app: FastifyInstance,
  { mcpServers, mcp }: Pick<Services, 'mcpServers' | 'mcp'>,
): void {
  app.addHook('onClose', () => mcp.close())

  implement(app, listMcpServers, async ({ user, query, signal }) => {
    const servers = await mcpServers.list(user.id)
    if (query.action_count) return inspectServers(mcp, user.id, servers, signal)
    return servers.map(({ name }) => ({ name, mode: null, toolsCount: null }))
  })
  implement(app, readMcpServer, async ({ params, user }) => {
    const server = await mcpServers.find(user.id, params.server_name)
    return server ? masked(server.config) : null
  })
  implement(app, createMcpServer, async ({ params, body, user }) => {
    await mcpServers.add(user, params.server_name, body)
    return masked(body)
  })
  implement(app, replaceMcpServer, async ({ params, body, user }) =>
    masked(await mcpServers.replace(user, params.server_name, body)),
  )
  implement(app, deleteMcpServer, async ({ params, user }) => {
    await mcpServers.remove(user.id, params.server_name)
    return null
  })
}
