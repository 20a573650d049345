import { AppError } from '@runnel/protocol/errors'
import { askProjectMcp, openProjectMcpStream } from '@runnel/protocol/mcp'
import {
  clientSettings,
  type McpClient,
  type McpTransport,
  mcpClientNames,
  mcpClients,
  serverName,
} from '@runnel/protocol/mcp-clients'
import type { unavailable } from '@runnel/protocol/project-tools'
import type { Storage } from '@runnel/storage/open-storage'
import type { ProjectRecord, UserRecord } from '@runnel/storage/records'
import { newApiKey } from '../api-keys/new-api-key.ts'
import type { ProjectAuths } from '../mcp/project-auth.ts'
import type { ClientFiles } from './client-files.ts'

/** Who would add a project to a program. */
export interface Installer {
  readonly user: UserRecord
  /** The address of the server as its own machine reaches it; undefined for a caller who is elsewhere. */
  readonly localAddress: string | undefined
}

export interface ClientInstallsOptions {
  readonly storage: Pick<Storage, 'apiKeys'>
  readonly projectAuths: Pick<ProjectAuths, 'read'>
  readonly clientFiles: ClientFiles
  readonly now: () => number
}

type Reason = (typeof unavailable)[number]

/** Adds projects to MCP clients on the machine of the server, for people who sit at it. */
export function createClientInstalls({ storage, projectAuths, clientFiles, now }: ClientInstallsOptions) {
  const addressOf = (projectId: string) => `/api/v1/mcp/project/${projectId}/`
  const groupOf = (client: McpClient) => clientSettings(client, NOWHERE, 'sse').group

  async function reasonAgainst(client: McpClient, { user, localAddress }: Installer): Promise<Reason | null> {
    if (localAddress === undefined) return 'remote'
    // The programs are those of whoever runs the server.
    if (!user.isSuperuser) return 'superusers'
    return (await clientFiles.isPresent(client)) ? null : 'missing'
  }

  /** A key for the tools of this project alone, in the place of the one this client had. */
  async function keyFor(client: McpClient, project: ProjectRecord): Promise<string> {
    const { userId } = project
    const name = `MCP ${project.name} - ${mcpClientNames[client]}`
    const limits = { access: 'run', flowIds: null, projectIds: [project.id], addresses: null, rateLimit: null } as const
    for (const key of await storage.apiKeys.list(userId)) {
      if (key.name === name && key.limits?.projectIds?.[0] === project.id) await storage.apiKeys.remove(userId, key.id)
    }
    const { text, record } = newApiKey({ userId, name, now: now(), expiresAt: null, limits })
    await storage.apiKeys.add(record)
    return text
  }

  return {
    /** Which programs have the project, and why others cannot get it. */
    list: (project: ProjectRecord, installer: Installer) =>
      Promise.all(
        mcpClients.map(async (client) => {
          const reason = await reasonAgainst(client, installer)
          const isInstalled = reason === null && (await namesIn(client, project)).length > 0
          return { name: client, installed: isInstalled, available: reason === null, reason }
        }),
      ),

    /**
     * Adds the project, or puts it in the place of what was added before; answers the names that were replaced.
     * @throws AppError `mcp_client_out_of_reach`, `not_superuser`, `mcp_client_missing`, `mcp_client_unreadable`
     */
    async install(
      project: ProjectRecord,
      installer: Installer,
      { client, transport }: { readonly client: McpClient; readonly transport: McpTransport },
    ): Promise<readonly string[]> {
      const reason = await reasonAgainst(client, installer)
      if (reason === 'remote' || installer.localAddress === undefined) throw new AppError('mcp_client_out_of_reach')
      if (reason === 'superusers') throw new AppError('not_superuser')
      if (reason === 'missing') throw new AppError('mcp_client_missing', [mcpClientNames[client]])
      const group = groupOf(client)
      const replaces = await clientFiles.namesOf(client, group, addressOf(project.id))
      const auth = projectAuths.read(project)
      const origin = auth.type === 'oauth' ? auth.origin : installer.localAddress
      const at = (path: string): string => origin + path.replace(':project_id', project.id)
      const name = serverName(project.name, project.id)
      const key = auth.type === 'apikey' ? await keyFor(client, project) : undefined
      const server = { name, url: at(askProjectMcp.path), sseUrl: at(openProjectMcpStream.path), key }
      await clientFiles.put(client, { name, replaces, ...clientSettings(client, server, transport) })
      return replaces
    },
  }

  /** Settings that cannot be read have nothing of ours in them; adding says what is wrong with them. */
  async function namesIn(client: McpClient, project: ProjectRecord): Promise<readonly string[]> {
    try {
      return await clientFiles.namesOf(client, groupOf(client), addressOf(project.id))
    } catch (error) {
      if (error instanceof AppError && error.code === 'mcp_client_unreadable') return []
      throw error
    }
  }
}
export type ClientInstalls = ReturnType<typeof createClientInstalls>

const NOWHERE = { name: '', url: '', sseUrl: '', key: undefined }
