import { emptyProperties } from '@runnel/protocol/message'
import type { Generated } from 'kysely'
import type {
  AlertEventRecord,
  AlertRecord,
  ApiKeyRecord,
  AuditRecord,
  FileRecord,
  FlowHeader,
  FlowRecord,
  FlowVersionHeader,
  FlowVersionRecord,
  IdempotentAnswer,
  IdempotentRequest,
  McpGrantRecord,
  McpServerRecord,
  ModelUsageRecord,
  ProjectRecord,
  PublicationRecord,
  PublishedVersionHeader,
  PublishedVersionRecord,
  RefreshTokenRecord,
  RunCheckpoint,
  RunJob,
  RunRecord,
  RunStepRecord,
  StoredMessage,
  UsageRecord,
  UserRecord,
  VariableRecord,
} from './records.ts'
import { type Columns, createRowCodec, type Kinds } from './row-codec.ts'
import type { SlotSum, SummedRun } from './run-sum.ts'

/** The tables, as the query builder sees them. */
export interface Database {
  user: Columns<UserRecord>
  project: Columns<ProjectRecord>
  flow: Columns<FlowRecord>
  api_key: Columns<ApiKeyRecord>
  variable: Columns<VariableRecord>
  file: Columns<FileRecord>
  flow_version: Columns<FlowVersionRecord>
  mcp_server: Columns<McpServerRecord>
  mcp_grant: Columns<McpGrantRecord>
  refresh_token: Columns<RefreshTokenRecord>
  run: Columns<RunRecord>
  run_graph: { id: string; flow_id: string; used_at: number; data: string }
  message: Columns<StoredMessage>
  /** `seq` grows with time: paging, pruning and the order of a flow's builds go by it. */
  run_step: Columns<RunStepRecord> & { seq: Generated<number> }
  run_job: Columns<RunJob>
  run_checkpoint: Columns<RunCheckpoint>
  idempotent_request: Columns<IdempotentRequest>
  idempotent_answer: Columns<IdempotentAnswer>
  publication: Columns<PublicationRecord>
  published_version: Columns<PublishedVersionRecord>
  usage_day: Columns<UsageRecord>
  model_usage_day: Columns<ModelUsageRecord>
  run_sum: Columns<SlotSum>
  audit_record: Columns<AuditRecord>
  alert: Columns<AlertRecord>
  alert_event: Columns<AlertEventRecord>
  lease: { name: string; holder: string; until: number }
  setting: { key: string; value: string }
}

const headerKinds: Kinds<FlowHeader> = {
  id: 'plain',
  userId: 'plain',
  projectId: 'plain',
  name: 'plain',
  description: 'plain',
  endpointName: 'plain',
  icon: 'plain',
  iconBgColor: 'plain',
  gradient: 'plain',
  isComponent: 'flag',
  webhook: 'flag',
  tags: 'json',
  locked: 'flag',
  mcpEnabled: 'flag',
  actionName: 'plain',
  actionDescription: 'plain',
  accessType: 'plain',
  fsPath: 'plain',
  version: 'plain',
  createdAt: 'plain',
  updatedAt: 'plain',
}

export const flowHeaderCodec = createRowCodec<FlowHeader>(headerKinds)
export const flowCodec = createRowCodec<FlowRecord>({ ...headerKinds, data: 'plain' })

export const userCodec = createRowCodec<UserRecord>({
  id: 'plain',
  username: 'plain',
  passwordHash: 'plain',
  isActive: 'flag',
  isSuperuser: 'flag',
  profileImage: 'plain',
  optins: 'json',
  createdAt: 'plain',
  updatedAt: 'plain',
  lastLoginAt: 'plain',
})

export const projectCodec = createRowCodec<ProjectRecord>({
  id: 'plain',
  userId: 'plain',
  parentId: 'plain',
  name: 'plain',
  description: 'plain',
  authSettings: 'plain',
  storesPayloads: 'flag',
  createdAt: 'plain',
  updatedAt: 'plain',
})

export const mcpGrantCodec = createRowCodec<McpGrantRecord>({
  id: 'plain',
  projectId: 'plain',
  client: 'plain',
  refreshId: 'plain',
  createdAt: 'plain',
  expiresAt: 'plain',
})

export const alertCodec = createRowCodec<AlertRecord>({
  id: 'plain',
  userId: 'plain',
  flowId: 'plain',
  projectId: 'plain',
  name: 'plain',
  measure: 'plain',
  threshold: 'plain',
  period: 'plain',
  emails: 'json',
  webhookUrl: 'plain',
  webhookSecret: 'plain',
  isOn: 'flag',
  state: 'plain',
  since: 'plain',
  value: 'plain',
  checkedAt: 'plain',
  createdAt: 'plain',
  updatedAt: 'plain',
})

export const alertEventCodec = createRowCodec<AlertEventRecord>({
  id: 'plain',
  alertId: 'plain',
  userId: 'plain',
  at: 'plain',
  kind: 'plain',
  value: 'plain',
  deliveries: 'json',
  dueAt: 'plain',
})

export const apiKeyCodec = createRowCodec<ApiKeyRecord>({
  id: 'plain',
  userId: 'plain',
  name: 'plain',
  hash: 'plain',
  prefix: 'plain',
  isActive: 'flag',
  totalUses: 'plain',
  createdAt: 'plain',
  lastUsedAt: 'plain',
  expiresAt: 'plain',
  limits: 'json',
  lastFour: 'plain',
})

export const variableCodec = createRowCodec<VariableRecord>({
  id: 'plain',
  userId: 'plain',
  name: 'plain',
  type: 'plain',
  value: 'plain',
  defaultFields: 'json',
  createdAt: 'plain',
  updatedAt: 'plain',
})

export const fileCodec = createRowCodec<FileRecord>({
  id: 'plain',
  userId: 'plain',
  name: 'plain',
  extension: 'plain',
  size: 'plain',
  createdAt: 'plain',
  updatedAt: 'plain',
})

const flowVersionKinds: Kinds<FlowVersionHeader> = {
  id: 'plain',
  flowId: 'plain',
  userId: 'plain',
  number: 'plain',
  description: 'plain',
  createdAt: 'plain',
}

export const flowVersionHeaderCodec = createRowCodec<FlowVersionHeader>(flowVersionKinds)
export const flowVersionCodec = createRowCodec<FlowVersionRecord>({ ...flowVersionKinds, data: 'plain' })

export const mcpServerCodec = createRowCodec<McpServerRecord>({
  id: 'plain',
  userId: 'plain',
  name: 'plain',
  config: 'plain',
  createdAt: 'plain',
  updatedAt: 'plain',
})

export const refreshTokenCodec = createRowCodec<RefreshTokenRecord>({
  id: 'plain',
  familyId: 'plain',
  userId: 'plain',
  expiresAt: 'plain',
  usedAt: 'plain',
})

export const runCodec = createRowCodec<RunRecord>({
  id: 'plain',
  flowId: 'plain',
  userId: 'plain',
  sessionId: 'plain',
  kind: 'plain',
  status: 'plain',
  startedAt: 'plain',
  endedAt: 'plain',
  error: 'plain',
  errorCode: 'plain',
  failedNodeId: 'plain',
  inputTokens: 'plain',
  outputTokens: 'plain',
  said: 'plain',
  answered: 'plain',
  keyId: 'plain',
  published: 'plain',
  graphId: 'plain',
  cost: 'plain',
  unpricedTokens: 'plain',
  isPrivate: 'flag',
})

export const summedRunCodec = createRowCodec<SummedRun>({
  id: 'plain',
  flowId: 'plain',
  userId: 'plain',
  sessionId: 'plain',
  status: 'plain',
  startedAt: 'plain',
  endedAt: 'plain',
  inputTokens: 'plain',
  outputTokens: 'plain',
  cost: 'plain',
  unpricedTokens: 'plain',
})

export const messageCodec = createRowCodec<StoredMessage>(
  {
    id: 'plain',
    flow_id: 'plain',
    userId: 'plain',
    run_id: 'plain',
    session_id: 'plain',
    context_id: 'plain',
    timestamp: 'plain',
    sender: 'plain',
    sender_name: 'plain',
    text: 'plain',
    files: 'json',
    error: 'flag',
    edit: 'flag',
    properties: 'json',
    category: 'plain',
    content_blocks: 'json',
  },
  { properties: emptyProperties },
)

export const runStepCodec = createRowCodec<RunStepRecord>({
  id: 'plain',
  runId: 'plain',
  flowId: 'plain',
  nodeId: 'plain',
  targetId: 'plain',
  startedAt: 'plain',
  durationMs: 'plain',
  valid: 'flag',
  params: 'plain',
  data: 'plain',
  artifacts: 'plain',
  inputs: 'plain',
  error: 'plain',
  cost: 'plain',
  spans: 'plain',
})

export const runJobCodec = createRowCodec<RunJob>({
  id: 'plain',
  flowId: 'plain',
  userId: 'plain',
  state: 'plain',
  attempts: 'plain',
  fence: 'plain',
  leaseUntil: 'plain',
  bytes: 'plain',
  createdAt: 'plain',
  updatedAt: 'plain',
  payload: 'json',
})

export const runCheckpointCodec = createRowCodec<RunCheckpoint>({
  runId: 'plain',
  nodeId: 'plain',
  flowVersion: 'plain',
  messageIds: 'json',
  data: 'plain',
})

export const idempotentRequestCodec = createRowCodec<IdempotentRequest>({
  id: 'plain',
  requestHash: 'plain',
  runId: 'plain',
  createdAt: 'plain',
})

export const idempotentAnswerCodec = createRowCodec<IdempotentAnswer>({
  id: 'plain',
  status: 'plain',
  contentType: 'plain',
  body: 'plain',
  createdAt: 'plain',
})

export const publicationCodec = createRowCodec<PublicationRecord>({
  flowId: 'plain',
  userId: 'plain',
  version: 'plain',
  isLive: 'flag',
  cacheSeconds: 'plain',
  rateLimit: 'plain',
  publishedAt: 'plain',
})

const publishedVersionKinds: Kinds<PublishedVersionHeader> = {
  flowId: 'plain',
  number: 'plain',
  userId: 'plain',
  note: 'plain',
  createdAt: 'plain',
  restoredFrom: 'plain',
  flowVersion: 'plain',
  fingerprint: 'plain',
}

export const publishedVersionHeaderCodec = createRowCodec<PublishedVersionHeader>(publishedVersionKinds)
export const publishedVersionCodec = createRowCodec<PublishedVersionRecord>({
  ...publishedVersionKinds,
  contract: 'plain',
  data: 'plain',
})

export const usageCodec = createRowCodec<UsageRecord>({
  userId: 'plain',
  day: 'plain',
  flowId: 'plain',
  keyId: 'plain',
  bucket: 'plain',
  calls: 'plain',
  errors: 'plain',
  limited: 'plain',
  cached: 'plain',
  inputTokens: 'plain',
  outputTokens: 'plain',
  lastAt: 'plain',
})

export const modelUsageCodec = createRowCodec<ModelUsageRecord>({
  userId: 'plain',
  day: 'plain',
  flowId: 'plain',
  provider: 'plain',
  model: 'plain',
  calls: 'plain',
  inputTokens: 'plain',
  outputTokens: 'plain',
  cost: 'plain',
})

export const slotSumCodec = createRowCodec<SlotSum>({
  userId: 'plain',
  slot: 'plain',
  at: 'plain',
  flowId: 'plain',
  runs: 'plain',
  succeeded: 'plain',
  failed: 'plain',
  inputTokens: 'plain',
  outputTokens: 'plain',
  cost: 'plain',
  unpricedRuns: 'plain',
  unpricedTokens: 'plain',
  durations: 'json',
  sessions: 'json',
})

export const auditCodec = createRowCodec<AuditRecord>({
  id: 'plain',
  at: 'plain',
  actorId: 'plain',
  actor: 'plain',
  address: 'plain',
  action: 'plain',
  objectId: 'plain',
  result: 'plain',
})
