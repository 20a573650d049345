import { homedir } from 'node:os'
import { join } from 'node:path'
import { createRegistry, type Registry } from '@runnel/engine/registry'
import { setAddressGuard } from '@runnel/models/address-guard'
import { modelPrices } from '@runnel/models/model-prices'
import { newId } from '@runnel/protocol/id'
import { createRunQueue, type RunQueue } from '@runnel/queue/run-queue'
import type { Component } from '@runnel/sdk'
import type { Storage } from '@runnel/storage/open-storage'
import { createVectorStore, type VectorStore } from '@runnel/storage/vectors/vector-store'
import { createAlertChannels } from './alerts/alert-channels.ts'
import { type AlertService, createAlertService } from './alerts/alert-service.ts'
import { type AlertWatch, createAlertWatch } from './alerts/alert-watch.ts'
import { createMailer, type Mailer } from './alerts/mailer.ts'
import { type Authenticator, createAuthenticator } from './auth/authenticator.ts'
import { createLoginService, type LoginService } from './auth/login-service.ts'
import type { Secrets } from './auth/secrets.ts'
import { createTokenSigner } from './auth/tokens.ts'
import { type BackupService, createBackupService } from './backup/backup-service.ts'
import { type BuildJobs, createBuildJobs } from './builds/build-jobs.ts'
import { type BuildService, createBuildService } from './builds/build-service.ts'
import { createPublicBuilds, type PublicBuilds } from './builds/public-builds.ts'
import { createVertexBuilds, type VertexBuilds } from './builds/vertex-builds.ts'
import type { Config } from './config.ts'
import { type CustomCode, createCustomCode } from './custom-code/custom-code.ts'
import { createEgress, type Egress } from './egress/egress.ts'
import type { HttpClient } from './egress/http-client.ts'
import { createFileReader } from './files/file-reader.ts'
import { createFileStore, type FileStore } from './files/file-store.ts'
import { createFlowFileService, type FlowFileService } from './files/flow-file-service.ts'
import { withOwnedFolders } from './files/owned-folders.ts'
import { createRunFiles } from './files/run-files.ts'
import { createUserFileService, type UserFileService } from './files/user-file-service.ts'
import { createFlowPlanService, type FlowPlanService } from './flow-plans/flow-plan-service.ts'
import { createFlowTestService, type FlowTestService } from './flow-tests/flow-test-service.ts'
import { createRunTest } from './flow-tests/run-test.ts'
import { createTestRuns } from './flow-tests/test-runs.ts'
import { createFlowEvents, type FlowEvents } from './flows/flow-events.ts'
import { createFlowService, type FlowService } from './flows/flow-service.ts'
import { createFlowSharing, type FlowSharing } from './flows/flow-sharing.ts'
import { createFlowVersionService, type FlowVersionService } from './flows/flow-version-service.ts'
import { createGraphSeal } from './flows/graph-seal.ts'
import { withSealedFlows } from './flows/sealed-flows.ts'
import type { StarterFlow } from './flows/starter-flows.ts'
import { once } from './http/once.ts'
import { createUpdateCheck, type UpdateCheck } from './instance/update-check.ts'
import { createFailedDocuments } from './knowledge-bases/failed-documents.ts'
import { createIngestions, type Ingestions } from './knowledge-bases/ingestion.ts'
import { createKnowledgeJobs, type KnowledgeJobs } from './knowledge-bases/knowledge-jobs.ts'
import { createKnowledgeService, type KnowledgeService } from './knowledge-bases/knowledge-service.ts'
import { createKnowledgeTexts, type KnowledgeTexts } from './knowledge-bases/knowledge-texts.ts'
import { createReEmbeddings, type ReEmbeddings } from './knowledge-bases/re-embedding.ts'
import type { Lifecycle } from './lifecycle.ts'
import type { Log } from './log.ts'
import { keepLog } from './logs/kept-log.ts'
import type { LogBuffer } from './logs/log-buffer.ts'
import { type ClientGrants, createClientGrants } from './mcp/oauth/client-grants.ts'
import { type ClientLogins, createClientLogins } from './mcp/oauth/client-logins.ts'
import { createSealedTokens, type SealedTokens } from './mcp/oauth/sealed-tokens.ts'
import { createProjectAccess, type ProjectAccess } from './mcp/project-access.ts'
import { createProjectAuths, type ProjectAuths } from './mcp/project-auth.ts'
import { createClientFiles, type Desk } from './mcp-servers/client-files.ts'
import { type ClientInstalls, createClientInstalls } from './mcp-servers/client-installs.ts'
import { createMcpServerService, type McpServerService } from './mcp-servers/mcp-server-service.ts'
import { createMcpSessions, type McpSessions } from './mcp-servers/mcp-sessions.ts'
import { createMemoryCapture, type MemoryCapture } from './memories/memory-capture.ts'
import { createMemoryService, type MemoryService } from './memories/memory-service.ts'
import { createModelService, type ModelService } from './models/model-service.ts'
import { createMessageService, type MessageService } from './monitor/message-service.ts'
import { createSummaryService, type SummaryService } from './monitor/summary-service.ts'
import { createMemberships, type Memberships } from './projects/memberships.ts'
import { createProjectService, type ProjectService } from './projects/project-service.ts'
import { createPublicationService, type PublicationService } from './publications/publication-service.ts'
import { type Approvals, createApprovals } from './runs/approvals.ts'
import { createFlowLoader, type FlowLoader } from './runs/flow-loader.ts'
import { createFlowRunner, type FlowRunner } from './runs/flow-runner.ts'
import { createFrozenCache, type FrozenCache } from './runs/frozen-cache.ts'
import { createIdempotentRuns, type IdempotentRuns } from './runs/idempotent-runs.ts'
import { createRunGraphs } from './runs/run-graphs.ts'
import { createRunService, type RunService } from './runs/run-service.ts'
import { type Catalogue, createCatalogue } from './server-info/catalogue.ts'
import { exportTargets } from './trace-export/export-targets.ts'
import { createTargetHttp } from './trace-export/target-client.ts'
import { createTraceExporter, type TraceExporter } from './trace-export/trace-exporter.ts'
import { createUsageRecorder, type UsageRecorder } from './usage/usage-recorder.ts'
import { createUsageService, type UsageService } from './usage/usage-service.ts'
import { createUserService, type UserService } from './users/user-service.ts'
import { createJobRuns } from './v2-workflows/job-runs.ts'
import { createJobService, type JobService } from './v2-workflows/job-service.ts'
import { createVariableService, type VariableService } from './variables/variable-service.ts'
import { withOwnedVectors } from './vectors/owned-vectors.ts'
import { createRunVectors } from './vectors/run-vectors.ts'
import { PRODUCT_VERSION } from './version.ts'
import { queueLimits } from './webhooks/run-worker.ts'
import { createWebhookCallers } from './webhooks/webhook-caller.ts'
import { createWebhookService, type WebhookService } from './webhooks/webhook-service.ts'
import { type AnswerCache, createAnswerCache } from './workflows/answer-cache.ts'
import { createWorkflowAdmission, type WorkflowAdmission } from './workflows/workflow-admission.ts'
import { createWorkflowLoader, type WorkflowLoader } from './workflows/workflow-loader.ts'
import { createWorkflowService, type WorkflowService } from './workflows/workflow-service.ts'

/** What the app is given from outside. */
export interface AppDependencies {
  readonly storage: Storage
  readonly config: Config
  readonly secrets: Secrets
  readonly lifecycle: Lifecycle
  readonly log: Log
  /** Epoch milliseconds. */
  readonly now: () => number
  /** The components flows are made of; asked for once, when they are first needed. */
  readonly loadComponents: () => Promise<readonly Component[]>
  /** The starter flows; asked for once, when they are first needed. */
  readonly loadStarters: (language?: string) => Promise<readonly StarterFlow[]>
  /** The machine whose MCP clients projects are added to; this one unless given. */
  readonly desk?: Desk
  /** The ways out of the server; those the configuration allows unless given. */
  readonly egress?: Egress
}

/** Everything routes may use: each takes the few parts it needs. */
export interface Services extends AppDependencies {
  readonly authenticator: Authenticator
  readonly logins: LoginService
  readonly users: UserService
  readonly projects: ProjectService
  /** For whom calls are made that name what somebody shares. */
  readonly memberships: Memberships
  readonly flows: FlowService
  readonly flowVersions: FlowVersionService
  readonly flowTests: FlowTestService
  readonly flowPlans: FlowPlanService
  readonly flowEvents: FlowEvents
  readonly variables: VariableService
  readonly fileStore: FileStore
  /** Collections of vectors, in the data folder. */
  readonly vectorStore: VectorStore
  readonly knowledge: KnowledgeService
  readonly knowledgeTexts: KnowledgeTexts
  readonly knowledgeJobs: KnowledgeJobs
  readonly ingestions: Ingestions
  readonly reEmbeddings: ReEmbeddings
  readonly memories: MemoryService
  readonly memoryCapture: MemoryCapture
  readonly backups: BackupService
  readonly flowFiles: FlowFileService
  readonly userFiles: UserFileService
  readonly loader: FlowLoader
  readonly runner: FlowRunner
  readonly runs: RunService
  readonly idempotentRuns: IdempotentRuns
  readonly publications: PublicationService
  /** Published flows, ready to be called. */
  readonly workflows: WorkflowLoader
  readonly workflowAdmission: WorkflowAdmission
  readonly workflowCalls: WorkflowService
  readonly answerCache: AnswerCache
  /** Results that frozen nodes give instead of running. */
  readonly frozen: FrozenCache
  readonly usage: UsageService
  readonly summaries: SummaryService
  readonly usageRecorder: UsageRecorder
  readonly traces: TraceExporter
  readonly queue: RunQueue
  /** Runs by the second API. */
  readonly runJobs: JobService
  readonly webhooks: WebhookService
  readonly webhookCallers: ReturnType<typeof createWebhookCallers>
  readonly buildJobs: BuildJobs
  readonly approvals: Approvals
  readonly builds: BuildService
  readonly publicBuilds: PublicBuilds
  readonly sharing: FlowSharing
  readonly vertexBuilds: VertexBuilds
  readonly messages: MessageService
  readonly alerts: AlertService
  readonly alertWatch: AlertWatch
  /** Undefined while the settings name no mail server. */
  readonly mailer: Mailer | undefined
  /** What was logged last, as far as it is kept. */
  readonly logLines: LogBuffer
  readonly catalogue: Catalogue
  readonly updates: UpdateCheck
  readonly models: ModelService
  readonly mcpServers: McpServerService
  /** Who may call the MCP servers of projects, and what clients were given that signed in. */
  readonly projectAuths: ProjectAuths
  readonly projectAccess: ProjectAccess
  readonly clientInstalls: ClientInstalls
  readonly mcpTokens: SealedTokens
  readonly clientGrants: ClientGrants
  readonly clientLogins: ClientLogins
  readonly mcp: McpSessions
  /** The way out to servers that users name. */
  readonly http: HttpClient
  /** For what a person asks the server to read. */
  readonly personsHttp: HttpClient
  /** Code that users write in their flows. */
  readonly customCode: CustomCode
  /** Finds the component a node means. */
  readonly registry: () => Promise<Registry>
}

const thisDesk = (): Desk => ({ home: homedir(), platform: process.platform })

/** Makes every service once and introduces them to one another. */
export function createServices(dependencies: AppDependencies): Services {
  const fileStore = createFileStore(dependencies.config.dataDir)
  const vectorStore = createVectorStore(join(dependencies.config.dataDir, 'vectors.db'))
  const sealed = withSealedFlows(dependencies.storage, createGraphSeal(dependencies.secrets))
  const storage = withOwnedVectors(withOwnedFolders(sealed, fileStore), vectorStore)
  const { log, kept } = keepLog(dependencies.log, dependencies.config, dependencies.now)
  const given = { ...dependencies, log, storage, store: fileStore }
  const signer = createTokenSigner(given.secrets.signingKey, given.now)
  const projects = createProjectService(given)
  const memberships = createMemberships(given)
  const variables = createVariableService(given)
  const loader = createFlowLoader(given)
  const frozen = createFrozenCache(given.now)
  const userFiles = createUserFileService({ ...given, maxMegabytes: given.config.maxFileSizeUpload })
  const files = createRunFiles({ read: createFileReader(fileStore, storage), userFiles, store: fileStore, storage })
  const egress = given.egress ?? createEgress(given.config)
  setAddressGuard(egress.modelGuard)
  const customCode = createCustomCode(given)
  const mcpServers = createMcpServerService(given)
  const mcp = createMcpSessions({ ...given, mcpServers, http: egress.http })
  const vectors = createRunVectors(vectorStore)
  const usageRecorder = createUsageRecorder(given)
  const knowledgeTexts = createKnowledgeTexts({ ...given, vectorStore, variables })
  const memories = createMemoryService({ ...given, vectorStore })
  const memoryCapture = createMemoryCapture({ ...given, memories, vectorStore, variables })
  const targets = given.config.deactivateTracing ? [] : exportTargets(given.config.environment)
  const traces = createTraceExporter({
    ...given,
    targets,
    http: createTargetHttp(targets),
    withContent: given.config.traceContent,
  })
  const approvals = createApprovals()
  const priceOf = modelPrices(given.config.modelPrices)
  const runner = createFlowRunner({
    ...given,
    runGraphs: createRunGraphs(given),
    approvals,
    memoryCapture,
    loader,
    variables,
    frozen,
    files,
    vectors,
    http: egress.http,
    sockets: egress.sockets,
    rules: egress.rules,
    mcp,
    customCode,
    usage: usageRecorder,
    priceOf,
    traces: targets.length > 0 ? traces : undefined,
  })
  const mailer = createMailer(given.config)
  const alertSeal = given.secrets.sealFor('alerts')
  const channels = createAlertChannels({ http: egress.http, mailer, seal: alertSeal })
  const buildJobs = createBuildJobs({ ...dependencies, graceMs: given.config.buildGrace * 1000 })
  const builds = createBuildService({ ...given, loader, runner, jobs: buildJobs, frozen, variables, priceOf })
  const authenticator = createAuthenticator({ ...given, signer })
  const projectAuths = createProjectAuths(given)
  const mcpTokens = createSealedTokens(given.secrets.sealFor('mcp clients'), given.now)
  const clientGrants = createClientGrants({ ...given, tokens: mcpTokens })
  const queue = createRunQueue({ ...given, limits: queueLimits(given.config) })
  const jobRuns = createJobRuns(given.secrets)
  const flowEvents = createFlowEvents({ version: given.storage.flows.version, now: given.now })
  const flows = createFlowService({ ...given, projects, events: flowEvents })
  const flowVersions = createFlowVersionService({ ...given, flows })
  const registry = once(async () => createRegistry(await given.loadComponents()))
  const workflows = createWorkflowLoader({ ...given, loader })
  const sharing = createFlowSharing(given.storage)
  const failedDocuments = createFailedDocuments(given.config.dataDir)
  const knowledge = createKnowledgeService({ vectorStore })
  const knowledgeJobs = createKnowledgeJobs({ ...given, vectorStore, failedDocuments })
  const knowledgeWork = { ...given, vectorStore, knowledge, texts: knowledgeTexts, jobs: knowledgeJobs }
  const publications = createPublicationService({ ...given, flows, flowVersions, registry })
  const models = createModelService({ ...given, variables })
  const testRuns = createTestRuns({ ...given, runTest: createRunTest({ ...given, runner, models, newId }) })
  return {
    ...given,
    projects,
    memberships,
    variables,
    fileStore,
    vectorStore,
    knowledge,
    memories,
    memoryCapture,
    knowledgeTexts,
    knowledgeJobs,
    ingestions: createIngestions({ ...knowledgeWork, failedDocuments }),
    reEmbeddings: createReEmbeddings(knowledgeWork),
    backups: createBackupService({ ...given, projects, flows, userFiles }),
    flowFiles: createFlowFileService(given),
    userFiles,
    authenticator,
    logins: createLoginService({ ...given, signer, projects, variables }),
    users: createUserService({ ...given, projects }),
    flows,
    flowVersions,
    flowTests: createFlowTestService({ ...given, flows, flowVersions, publications, loader, testRuns }),
    flowPlans: createFlowPlanService({ ...given, models, registry, vectorStore }),
    flowEvents,
    loader,
    runner,
    runs: createRunService({ ...given, loader, runner }),
    idempotentRuns: createIdempotentRuns(given),
    publications,
    workflows,
    workflowAdmission: createWorkflowAdmission({
      ...given,
      memberships,
      authenticator,
      workflows,
      usage: usageRecorder,
    }),
    workflowCalls: createWorkflowService({ ...given, workflows, runner }),
    answerCache: createAnswerCache(given.now),
    frozen,
    usage: createUsageService({ ...given, recorder: usageRecorder }),
    summaries: createSummaryService(given),
    usageRecorder,
    traces,
    queue,
    runJobs: createJobService({ ...given, queue, loader, runner, jobRuns }),
    webhooks: createWebhookService({ ...given, memberships, queue, loader, runner, jobRuns }),
    webhookCallers: createWebhookCallers({ ...given, authenticator }),
    buildJobs,
    approvals,
    builds,
    publicBuilds: createPublicBuilds({ ...given, loader, builds, sharing }),
    sharing,
    vertexBuilds: createVertexBuilds({ ...given, builds, runner, priceOf }),
    messages: createMessageService(given),
    alerts: createAlertService({ ...given, channels, seal: alertSeal }),
    alertWatch: createAlertWatch({ ...given, channels }),
    mailer,
    logLines: kept,
    catalogue: createCatalogue(given.loadComponents),
    updates: createUpdateCheck({ ...given, version: PRODUCT_VERSION }),
    models,
    mcpServers,
    projectAuths,
    projectAccess: createProjectAccess({ ...given, authenticator, projectAuths, clientGrants }),
    clientInstalls: createClientInstalls({
      ...given,
      projectAuths,
      clientFiles: createClientFiles(given.desk ?? thisDesk()),
    }),
    mcpTokens,
    clientGrants,
    clientLogins: createClientLogins({ ...given, tokens: mcpTokens, http: egress.http }),
    mcp,
    http: egress.http,
    personsHttp: egress.personsHttp,
    customCode,
    registry,
  }
}
