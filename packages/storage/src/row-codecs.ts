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
  McpGrantRecord,
  McpServerRecord,
  ProjectMemberRecord,
  ProjectRecord,
  PublicationRecord,
  PublishedVersionHeader,
  PublishedVersionRecord,
  RefreshTokenRecord,
  UserRecord,
  VariableRecord,
} from './records.ts'
import { createRowCodec, type Kinds } from './row-codec.ts'

// How what people own stands in its rows.

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
  savedBy: 'plain',
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

export const projectMemberCodec = createRowCodec<ProjectMemberRecord>({
  projectId: 'plain',
  userId: 'plain',
  role: 'plain',
  createdAt: 'plain',
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
  author: 'plain',
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
  author: 'plain',
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
