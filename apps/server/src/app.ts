import { randomUUID } from 'node:crypto'
import type { Socket } from 'node:net'
import { join } from 'node:path'
import { AppError } from '@runnel/protocol/errors'
import fastify, { type FastifyInstance } from 'fastify'
import { alertsRoutes } from './alerts/alerts.routes.ts'
import { apiKeysRoutes } from './api-keys/api-keys.routes.ts'
import { auditRoutes } from './audit/audit.routes.ts'
import { addAuditTrail } from './audit/audit-trail.ts'
import { loginRoutes } from './auth/login.routes.ts'
import { backupRoutes } from './backup/backup.routes.ts'
import { buildsRoutes } from './builds/builds.routes.ts'
import { publicBuildsRoutes } from './builds/public-builds.routes.ts'
import { vertexBuildsRoutes } from './builds/vertex-builds.routes.ts'
import { editingRoutes } from './editing/editing.routes.ts'
import { flowFilesRoutes } from './files/flow-files.routes.ts'
import { userFilesRoutes } from './files/user-files.routes.ts'
import { flowPlansRoutes } from './flow-plans/flow-plans.routes.ts'
import { flowTestsRoutes } from './flow-tests/flow-tests.routes.ts'
import { exampleFlowsRoutes } from './flows/example-flows.routes.ts'
import { flowChangesRoutes } from './flows/flow-changes.routes.ts'
import { flowUsesRoutes } from './flows/flow-uses.routes.ts'
import { flowVersionsRoutes } from './flows/flow-versions.routes.ts'
import { flowsRoutes } from './flows/flows.routes.ts'
import { sharingRoutes } from './flows/sharing.routes.ts'
import { addCors } from './http/cors.ts'
import { createErrorHandler, pathOf, type SendError, sendError } from './http/error-handler.ts'
import type { HttpContext } from './http/implement.ts'
import { createNotFoundHandler } from './http/routing-errors.ts'
import { addSecurityHeaders, answerHeaders, requestIdOf } from './http/security-headers.ts'
import { instanceRoutes } from './instance/instance.routes.ts'
import { knowledgeBasesRoutes } from './knowledge-bases/knowledge-bases.routes.ts'
import { legacyRoutes } from './legacy/legacy.routes.ts'
import { logsRoutes } from './logs/logs.routes.ts'
import { mcpRoutes } from './mcp/mcp.routes.ts'
import { oauthRoutes } from './mcp/oauth/oauth.routes.ts'
import { mcpServersRoutes } from './mcp-servers/mcp-servers.routes.ts'
import { projectToolsRoutes } from './mcp-servers/project-tools.routes.ts'
import { memoriesRoutes } from './memories/memories.routes.ts'
import { modelsRoutes } from './models/models.routes.ts'
import { messagesRoutes } from './monitor/messages.routes.ts'
import { monitorRoutes } from './monitor/monitor.routes.ts'
import { sharedMessagesRoutes } from './monitor/shared-messages.routes.ts'
import { summaryRoutes } from './monitor/summary.routes.ts'
import { profilePicturesRoutes } from './profile-pictures/profile-pictures.routes.ts'
import { projectFilesRoutes } from './projects/project-files.routes.ts'
import { projectMembersRoutes } from './projects/project-members.routes.ts'
import { projectsRoutes } from './projects/projects.routes.ts'
import { publicationsRoutes } from './publications/publications.routes.ts'
import { responsesRoutes } from './responses/responses.routes.ts'
import { approvalsRoutes } from './runs/approvals.routes.ts'
import { runsRoutes } from './runs/runs.routes.ts'
import { docsRoutes } from './server-info/docs.routes.ts'
import { serverInfoRoutes } from './server-info/server-info.routes.ts'
import { type AppDependencies, createServices } from './services.ts'
import { storeRoutes } from './store/store.routes.ts'
import { traceExportRoutes } from './trace-export/trace-export.routes.ts'
import { usageRoutes } from './usage/usage.routes.ts'
import { permissionsRoutes } from './users/permissions.routes.ts'
import { usersRoutes } from './users/users.routes.ts'
import { v2WorkflowsRoutes } from './v2-workflows/v2-workflows.routes.ts'
import { variablesRoutes } from './variables/variables.routes.ts'
import { createWebFiles } from './web/web-files.ts'
import { createWebPages } from './web/web-pages.ts'
import { addRunWorker } from './webhooks/run-worker.ts'
import { webhooksRoutes } from './webhooks/webhooks.routes.ts'
import { sendWorkflowError } from './workflows/workflow-errors.ts'
import { workflowsRoutes } from './workflows/workflows.routes.ts'

/** Where the build puts the browser app, seen from this file and from the bundle alike. */
const WEB_FOLDER = join(import.meta.dirname, '../../web/dist')

/** The limits of one connection; times in milliseconds. */
const CONNECTION = {
  maxHeaderSize: 32 * 1024,
  headersTimeout: 20_000,
  requestTimeout: 60_000,
  connectionsCheckingInterval: 5000,
} as const

/** The whole server, not listening: composes every room and knows no more than that. */
export function createApp(given: AppDependencies): FastifyInstance {
  const { config, lifecycle } = given
  const services = createServices(given)
  const { log } = services
  const app = fastify({
    logger: false,
    genReqId: requestIdOf,
    requestIdHeader: false,
    trustProxy: config.trustedProxies.length > 0 ? [...config.trustedProxies] : false,
    requestTimeout: CONNECTION.requestTimeout,
    http: CONNECTION,
    return503OnClosing: false,
    // An endpoint that is read answers HEAD as well: two methods of one route cost less than two routes.
    exposeHeadRoutes: false,
    forceCloseConnections: true,
    schemaController: { compilersFactory: { buildValidator: withoutSchemas, buildSerializer: withoutSchemas } },
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 1000 },
    frameworkErrors(_error, request, reply) {
      // Raised before any hook runs: the address cannot be decoded.
      reply.headers(answerHeaders(request.id))
      sendError(reply, new AppError('bad_request', ['The address of the request is not valid']))
    },
    clientErrorHandler: answerBrokenRequest,
  })

  const { authenticator, projectAccess } = services
  const context: HttpContext = {
    authenticate: (request, access) =>
      access === 'mcp-project' ? projectAccess.identify(request) : authenticator.authenticate(request, access),
    memberships: services.memberships,
    endpoints: [],
  }
  app.decorate('http', context)
  app.decorateRequest('caller', null)
  app.setErrorHandler(createErrorHandler(log))
  const pages = config.backendOnly
    ? undefined
    : createWebPages(createWebFiles(config.frontendPath ?? WEB_FOLDER), services.sharing)
  app.setNotFoundHandler(createNotFoundHandler(context.endpoints, senderOf, pages))
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))

  app.addHook('onClose', () => services.usageRecorder.flush())
  app.addHook('onClose', () => services.traces.close())

  addAuditTrail(app, services)
  addSecurityHeaders(app)
  addCors(app, { origins: config.corsOrigins, credentials: config.corsAllowCredentials })
  app.addHook('onRequest', (request, reply, done) => {
    lifecycle.serve(reply.raw)
    if (!lifecycle.isDraining || pathOf(request.url).startsWith('/health')) return done()
    reply.header('connection', 'close')
    done(new AppError('overloaded', ['The server is shutting down'], { retryAfterSeconds: 5 }))
  })

  if (config.logLevel === 'DEBUG' || config.logLevel === 'INFO') {
    app.addHook('onResponse', (request, reply, done) => {
      const { id: requestId, method, url } = request
      const durationMs = Math.round(reply.elapsedTime)
      log.info('request', { requestId, method, path: pathOf(url), status: reply.statusCode, durationMs })
      done()
    })
  }

  app.addHook('onListen', async () => services.alertWatch.start())
  app.addHook('onClose', () => services.alertWatch.stop())
  app.addHook('onClose', () => services.vectorStore.close())

  serverInfoRoutes(app, services)
  instanceRoutes(app, services)
  docsRoutes(app)
  loginRoutes(app, services)
  usersRoutes(app, services)
  apiKeysRoutes(app, services)
  variablesRoutes(app, services)
  projectsRoutes(app, services)
  projectMembersRoutes(app, services)
  projectFilesRoutes(app, services)
  backupRoutes(app, services)
  flowsRoutes(app, services)
  flowUsesRoutes(app, services)
  flowVersionsRoutes(app, services)
  flowChangesRoutes(app, services)
  exampleFlowsRoutes(app, services)
  sharingRoutes(app, services)
  flowFilesRoutes(app, services)
  userFilesRoutes(app, services)
  editingRoutes(app, services)
  modelsRoutes(app, services)
  mcpServersRoutes(app, services)
  projectToolsRoutes(app, services)
  mcpRoutes(app, services)
  oauthRoutes(app, services)
  knowledgeBasesRoutes(app, services)
  memoriesRoutes(app, services)
  profilePicturesRoutes(app)
  storeRoutes(app, services)
  permissionsRoutes(app, services)
  runsRoutes(app, services)
  approvalsRoutes(app, services)
  responsesRoutes(app, services)
  webhooksRoutes(app, services)
  v2WorkflowsRoutes(app, services)
  publicationsRoutes(app, services)
  workflowsRoutes(app, services)
  usageRoutes(app, services)
  auditRoutes(app, services)
  addRunWorker(app, services)
  buildsRoutes(app, services)
  publicBuildsRoutes(app, services)
  vertexBuildsRoutes(app, services)
  monitorRoutes(app, services)
  alertsRoutes(app, services)
  flowTestsRoutes(app, services)
  flowPlansRoutes(app, services)
  summaryRoutes(app, services)
  traceExportRoutes(app, services)
  messagesRoutes(app, services)
  sharedMessagesRoutes(app, services)
  logsRoutes(app, services)
  legacyRoutes(app, services)
  app.addHook('onClose', async () => services.customCode.close())
  return app
}

/** Endpoints check what they are sent themselves; without this, Fastify loads two compilers of schemas to be ready for them. */
const withoutSchemas = (): never => {
  throw new Error('Routes have endpoints, not schemas of Fastify')
}

/** FlowAI's API has a form of its own for failures. */
const senderOf = (path: string): SendError => (path.startsWith('/v1/api/') ? sendWorkflowError : sendError)

/** Answers what is no HTTP request, or does not arrive in time, and closes the connection. */
function answerBrokenRequest(error: Error & { readonly code?: string }, socket: Socket): void {
  if (socket.writable && error.code !== 'ECONNRESET') {
    const [status, detail] =
      error.code === 'HPE_HEADER_OVERFLOW'
        ? ['431 Request Header Fields Too Large', 'The headers of the request are too large']
        : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
          ? ['408 Request Timeout', 'The request did not arrive in time']
          : ['400 Bad Request', 'The request is not valid HTTP']
    const body = JSON.stringify({ detail })
    const headers = { 'content-type': 'application/json', ...answerHeaders(randomUUID()) }
    const head = [`HTTP/1.1 ${status}`, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`)]
    socket.write(`${[...head, `Content-Length: ${body.length}`, 'Connection: close', '', body].join('\r\n')}`)
  }
  socket.destroySoon()
}
