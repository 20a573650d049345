import { AppError } from '@runnel/protocol/errors'
import {
  authorizeMcpClient,
  issueMcpToken,
  readAuthorizationServer,
  readProtectedResource,
  readProtectedStream,
  readProtectedStreamable,
  registerMcpClient,
  returnFromProvider,
  returnFromProviderAt,
  revokeMcpToken,
} from '@runnel/protocol/mcp-oauth'
import type { ProjectRecord } from '@runnel/storage/records'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type AttemptLimits, createAttemptLimiter } from '../../auth/attempt-limiter.ts'
import { readCookie, writeCookie } from '../../http/cookies.ts'
import { pathOf } from '../../http/error-handler.ts'
import { implementOpen, type OpenCall } from '../../http/implement.ts'
import { readerLanguage } from '../../http/reader-language.ts'
import { addPageHeaders } from '../../http/security-headers.ts'
import type { Services } from '../../services.ts'
import { cookieOf, LOGIN_MS, NOT_BEGUN } from './client-logins.ts'
import { consentPage, failurePage } from './consent-page.ts'
import { failureBody, OAuthFailure } from './oauth-failure.ts'
import { authorizationServer, protectedResource } from './oauth-metadata.ts'
import type { OAuthSettings } from './oauth-settings.ts'

/** Of one address at one project. */
const REQUESTS: AttemptLimits = { limit: 60, windowMs: 60_000 }
const HTML = 'text/html; charset=utf-8'

/** The sign-in of clients of the MCP servers of projects whose owners ask for it. */
export function oauthRoutes(
  app: FastifyInstance,
  services: Pick<
    Services,
    'config' | 'storage' | 'projectAuths' | 'clientGrants' | 'clientLogins' | 'mcpTokens' | 'now'
  >,
): void {
  const { config, storage, projectAuths, clientGrants, clientLogins, mcpTokens } = services
  if (!config.mcpServerEnabled) return
  const limiter = createAttemptLimiter(REQUESTS, services.now)

  /** @throws AppError `project_not_found` also for a project that asks for no sign-in */
  async function protectedProject(
    id: string | undefined,
  ): Promise<{ project: ProjectRecord; settings: OAuthSettings }> {
    const project = id === undefined ? undefined : await storage.projects.findAny(id)
    const settings = project && projectAuths.read(project)
    if (!project || settings?.type !== 'oauth') throw new AppError('project_not_found')
    return { project, settings }
  }

  function countRequest({ ip }: FastifyRequest, projectId: string): void {
    const key = `${ip} ${projectId}`
    const retryAfterSeconds = limiter.waitSeconds(key)
    if (retryAfterSeconds !== undefined) throw new AppError('public_build_rate_limited', [], { retryAfterSeconds })
    limiter.record(key)
  }

  for (const endpoint of [readProtectedResource, readProtectedStreamable, readProtectedStream]) {
    implementOpen(app, endpoint, async ({ params }) => {
      const { project, settings } = await protectedProject(params.project_id)
      return protectedResource(settings, project.name)
    })
  }
  implementOpen(app, readAuthorizationServer, async ({ params }) => {
    const { settings } = await protectedProject(params.project_id)
    return authorizationServer(settings)
  })

  implementOpen(app, registerMcpClient, async ({ params, body, request }, reply) => {
    const { project } = await protectedProject(params.project_id)
    countRequest(request, project.id)
    return orFailure(reply, () => clientGrants.register(project.id, body))
  })
  implementOpen(app, issueMcpToken, async ({ params, body, request }, reply) => {
    const { project, settings } = await protectedProject(params.project_id)
    countRequest(request, project.id)
    reply.header('pragma', 'no-cache')
    return orFailure(reply, () => clientGrants.issue(project.id, settings, body))
  })
  implementOpen(app, revokeMcpToken, async ({ params, body }) => {
    const { project } = await protectedProject(params.project_id)
    await clientGrants.revoke(project.id, body.token)
    return {}
  })

  implementOpen(app, authorizeMcpClient, async ({ params, query, request }, reply) => {
    const { project, settings } = await protectedProject(params.project_id)
    countRequest(request, project.id)
    const language = readerLanguage(request)
    return orPage(reply, request, async () => {
      const begun = await clientLogins.begin(project, settings, query)
      if (typeof begun === 'string') return reply.redirect(begun)
      const { cookie, consent } = begun
      reply.header('set-cookie', loginCookie(cookie, settings, LOGIN_MS / 1000))
      return addPageHeaders(reply).type(HTML).send(consentPage(consent, language))
    })
  })

  const goOn = async ({ query, request, signal }: Returned, reply: FastifyReply) => {
    const name = cookieOf(query.state ?? '')
    const cookie = readCookie(request.headers.cookie, name)
    return orPage(reply, request, async () => {
      const projectId = mcpTokens.projectOf(cookie)
      if (projectId === undefined) throw new AppError('mcp_sign_in_invalid', [NOT_BEGUN])
      const { project, settings } = await protectedProject(projectId)
      // Each provider answers at its own address: what one says is not taken for another's word.
      if (new URL(settings.callbackUrl).pathname !== pathOf(request.url)) throw new AppError('project_not_found')
      const address = await clientLogins.end(project, settings, { query, cookie }, signal)
      reply.header('set-cookie', loginCookie({ name, value: '' }, settings, 0))
      return reply.redirect(address)
    })
  }
  implementOpen(app, returnFromProvider, goOn)
  implementOpen(app, returnFromProviderAt, goOn)
}

/** A person who is back from a provider. */
type Returned = Pick<OpenCall<unknown, Readonly<Record<string, string>>, unknown>, 'query' | 'request' | 'signal'>

function loginCookie(
  { name, value }: { readonly name: string; readonly value: string },
  { callbackUrl }: OAuthSettings,
  maxAgeSeconds: number,
): string {
  const { pathname, protocol } = new URL(callbackUrl)
  const secure = protocol === 'https:'
  return writeCookie(name, value, { path: pathname, maxAgeSeconds, httpOnly: true, secure, sameSite: 'lax' })
}

/** Refusals in the form clients of OAuth read. */
async function orFailure(reply: FastifyReply, work: () => unknown): Promise<unknown> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof OAuthFailure)) throw error
    return reply
      .code(400)
      .type('application/json')
      .send(JSON.stringify(failureBody(error)))
  }
}

/** Refusals as a page: a person looks at it. */
async function orPage(reply: FastifyReply, request: FastifyRequest, work: () => Promise<FastifyReply>) {
  try {
    return await work()
  } catch (error) {
    const isSaid = error instanceof AppError && error.code === 'mcp_sign_in_invalid'
    if (!isSaid || !(request.headers.accept ?? '').includes('text/html')) throw error
    const page = failurePage(error.message, readerLanguage(request))
    return addPageHeaders(reply).code(error.status).type(HTML).send(page)
  }
}
