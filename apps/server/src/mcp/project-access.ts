import { AppError } from '@runnel/protocol/errors'
import { parseUuid } from '@runnel/protocol/identifiers'
import type { Storage } from '@runnel/storage/open-storage'
import type { ProjectRecord, UserRecord } from '@runnel/storage/records'
import type { FastifyRequest } from 'fastify'
import { type Authenticator, bearerOf, type Identity, showsNothing } from '../auth/authenticator.ts'
import type { Secrets } from '../auth/secrets.ts'
import type { Caller } from '../http/implement.ts'
import { cameThroughProxy, isLoopbackAddress, isLoopbackHost, isOwnOrigin } from '../http/origin.ts'
import type { ClientGrants } from './oauth/client-grants.ts'
import { resourceMetadataOf } from './oauth/oauth-metadata.ts'
import type { OAuthSettings } from './oauth/oauth-settings.ts'
import type { ProjectAuths } from './project-auth.ts'

export interface ProjectAccessOptions {
  readonly storage: Pick<Storage, 'projects' | 'users'>
  readonly authenticator: Pick<Authenticator, 'identify' | 'identifyMcp'>
  readonly projectAuths: Pick<ProjectAuths, 'read'>
  readonly clientGrants: Pick<ClientGrants, 'isGood'>
  readonly secrets: Pick<Secrets, 'mark'>
}

export type ProjectAccess = ReturnType<typeof createProjectAccess>

/** Lets callers of the MCP server of a project in, as its owner has chosen; they act for the owner. */
export function createProjectAccess(options: ProjectAccessOptions) {
  const { storage, authenticator, projectAuths, clientGrants, secrets } = options

  async function ownerOf({ userId }: ProjectRecord): Promise<UserRecord> {
    const owner = await storage.users.find(userId)
    if (!owner?.isActive) throw new AppError('project_not_found')
    return owner
  }

  /** Whoever shows credentials of their own on this server. @throws AppError as clients of Langflow know it */
  async function withOwnCredentials(request: FastifyRequest): Promise<Identity> {
    try {
      const identity = await authenticator.identify(request)
      if (identity.by !== 'local') return identity
    } catch (error) {
      if (error instanceof AppError && error.code === 'key_invalid') {
        throw new AppError('mcp_project_key_invalid', [], { cause: error })
      }
      if (!showsNothing(error)) throw error
    }
    throw new AppError('mcp_project_key_required')
  }

  /** Everybody, but no page of another site: it would call with the reach of whoever looks at it. */
  async function stranger(request: FastifyRequest, project: ProjectRecord): Promise<Caller> {
    const { headers, socket, ip } = request
    const isRebound =
      isLoopbackAddress(socket.remoteAddress ?? ip) && !cameThroughProxy(headers) && !isLoopbackHost(headers.host)
    if (!isOwnOrigin(headers, request.host) || (headers.origin !== undefined && isRebound)) {
      throw new AppError('cross_site')
    }
    return { user: await ownerOf(project), visitor: secrets.mark(`mcp visitor ${ip}`) }
  }

  async function signedIn(request: FastifyRequest, project: ProjectRecord, auth: OAuthSettings): Promise<Caller> {
    const token = bearerOf(request.headers.authorization)
    if (token !== undefined && (await clientGrants.isGood(project.id, token))) return { user: await ownerOf(project) }
    try {
      return await withOwnCredentials(request)
    } catch (error) {
      if (!(error instanceof AppError) || error.status !== 401) throw error
      const parts = [
        ...(token === undefined ? [] : ['error="invalid_token"']),
        `resource_metadata="${resourceMetadataOf(auth)}"`,
        ...(auth.mcpScope ? [`scope="${auth.mcpScope.replace(/["\\\s]+/g, ' ')}"`] : []),
      ]
      throw new AppError('mcp_project_sign_in_required', [], {
        authenticate: `Bearer ${parts.join(', ')}`,
        cause: error,
      })
    }
  }

  return {
    /** Who calls, and for whom. @throws AppError 401, 403 or `project_not_found` */
    async identify(request: FastifyRequest): Promise<Caller> {
      const parsed = parseUuid(String(Reflect.get(Object(request.params), 'project_id')))
      const project = 'id' in parsed ? await storage.projects.findAny(parsed.id) : undefined
      // Whether there is such a project is told to those who may know.
      if (!project) return locally(request)
      const auth = projectAuths.read(project)
      switch (auth.type) {
        case 'none': {
          const owner = await withOwnCredentials(request).catch(() => undefined)
          return owner?.user.id === project.userId ? owner : stranger(request, project)
        }
        case 'oauth':
          return signedIn(request, project, auth)
        case 'apikey':
          return withOwnCredentials(request)
        case 'local':
          return locally(request)
        default:
          return auth satisfies never
      }
    },
  }

  async function locally(request: FastifyRequest): Promise<Identity> {
    try {
      return await authenticator.identifyMcp(request)
    } catch (error) {
      if (showsNothing(error)) throw new AppError('mcp_project_key_required', [], { cause: error })
      if (error instanceof AppError && error.code === 'key_invalid') {
        throw new AppError('mcp_project_key_invalid', [], { cause: error })
      }
      throw error
    }
  }
}
