import { newId } from '@runnel/protocol/id'
import { emptyProperties } from '@runnel/protocol/message'
import { sql } from 'kysely'
import type { FlowTestRecord, FlowTestRunRecord } from './flow-test-records.ts'
import type { NewPublishedVersion } from './publication-repository.ts'
import type {
  AlertRecord,
  FlowRecord,
  FlowVersionRecord,
  McpServerRecord,
  ProjectRecord,
  UserRecord,
  VariableRecord,
} from './records.ts'
import { flowCodec } from './row-codecs.ts'
import type { RunBatch, RunJob, RunRecord, RunStepRecord, StoredMessage, UsageRecord } from './run-records.ts'

/** Whole records for tests: only what a test is about needs naming. */
export function aUser(part: Partial<UserRecord> = {}): UserRecord {
  const id = newId()
  return {
    id,
    username: `user-${id}`,
    passwordHash: null,
    isActive: true,
    isSuperuser: false,
    profileImage: null,
    optins: {},
    createdAt: 1,
    updatedAt: 1,
    lastLoginAt: null,
    ...part,
  }
}

export function aProject(userId: string, part: Partial<ProjectRecord> = {}): ProjectRecord {
  const id = newId()
  return {
    id,
    userId,
    parentId: null,
    name: `project-${id}`,
    description: null,
    authSettings: null,
    storesPayloads: true,
    createdAt: 1,
    updatedAt: 1,
    ...part,
  }
}

export function aFlow(userId: string, part: Partial<FlowRecord> = {}): FlowRecord {
  const id = newId()
  return {
    id,
    userId,
    projectId: null,
    name: `flow-${id}`,
    description: null,
    endpointName: null,
    icon: null,
    iconBgColor: null,
    gradient: null,
    isComponent: false,
    webhook: false,
    tags: null,
    locked: false,
    mcpEnabled: false,
    actionName: null,
    actionDescription: null,
    accessType: 'PRIVATE',
    fsPath: null,
    savedBy: null,
    version: 1,
    createdAt: 1,
    updatedAt: 1,
    data: null,
    ...part,
  }
}

/** A version of a flow as it is; its number is given by the repository. */
export function aFlowVersion(
  flow: FlowRecord,
  part: Partial<FlowVersionRecord> = {},
): Omit<FlowVersionRecord, 'number'> {
  return {
    id: newId(),
    flowId: flow.id,
    userId: flow.userId,
    author: null,
    description: null,
    createdAt: 1,
    data: flow.data,
    ...part,
  }
}

export function anAlert(userId: string, part: Partial<AlertRecord> = {}): AlertRecord {
  return {
    id: newId(),
    userId,
    flowId: null,
    projectId: null,
    name: 'Failures',
    measure: 'error_rate',
    threshold: 10,
    period: '1h',
    emails: [],
    webhookUrl: null,
    webhookSecret: null,
    isOn: true,
    state: 'ok',
    since: null,
    value: null,
    checkedAt: null,
    createdAt: 1,
    updatedAt: 1,
    ...part,
  }
}

export function aFlowTest(flow: FlowRecord, part: Partial<FlowTestRecord> = {}): FlowTestRecord {
  return {
    id: newId(),
    flowId: flow.id,
    userId: flow.userId,
    name: 'Greets',
    inputValue: 'Hello',
    tweaks: {},
    checkKind: 'contains',
    expected: 'Good day',
    ignoreCase: false,
    judge: null,
    last: null,
    createdAt: 1,
    updatedAt: 1,
    ...part,
  }
}

/** A run of tests that goes on. */
export function aFlowTestRun(flow: FlowRecord, part: Partial<FlowTestRunRecord> = {}): FlowTestRunRecord {
  return {
    id: newId(),
    flowId: flow.id,
    userId: flow.userId,
    target: 'draft',
    version: null,
    isWhole: true,
    status: 'running',
    startedAt: 1,
    updatedAt: 1,
    endedAt: null,
    total: 1,
    passed: 0,
    score: null,
    results: [],
    ...part,
  }
}

export function anMcpServer(userId: string, part: Partial<McpServerRecord> = {}): McpServerRecord {
  const id = newId()
  return { id, userId, name: `server-${id}`, config: '{}', createdAt: 1, updatedAt: 1, ...part }
}

export function aVariable(userId: string, part: Partial<VariableRecord> = {}): VariableRecord {
  const id = newId()
  return {
    id,
    userId,
    name: `variable-${id}`,
    type: 'Generic',
    value: 'value',
    defaultFields: [],
    createdAt: 1,
    updatedAt: 1,
    ...part,
  }
}

export function aMessage(userId: string, part: Partial<StoredMessage> = {}): StoredMessage {
  return {
    id: newId(),
    flow_id: null,
    run_id: null,
    session_id: 'session',
    context_id: '',
    timestamp: 1,
    sender: 'User',
    sender_name: 'User',
    text: 'hello',
    files: [],
    error: false,
    edit: false,
    properties: emptyProperties,
    category: 'message',
    content_blocks: [],
    userId,
    ...part,
  }
}

export function aRun(userId: string, flowId: string, part: Partial<RunRecord> = {}): RunRecord {
  return {
    id: newId(),
    flowId,
    userId,
    sessionId: 'session',
    kind: 'run',
    status: 'succeeded',
    startedAt: 1,
    endedAt: 2,
    error: null,
    errorCode: null,
    failedNodeId: null,
    inputTokens: 0,
    outputTokens: 0,
    said: null,
    answered: null,
    keyId: null,
    startedBy: null,
    published: null,
    graphId: null,
    cost: null,
    unpricedTokens: 0,
    isPrivate: false,
    ...part,
  }
}

export function aStep(run: RunRecord, nodeId: string, part: Partial<RunStepRecord> = {}): RunStepRecord {
  return {
    id: newId(),
    runId: run.id,
    flowId: run.flowId,
    nodeId,
    targetId: null,
    startedAt: run.startedAt,
    durationMs: 1.5,
    valid: true,
    params: null,
    data: '{}',
    artifacts: '{}',
    inputs: '{}',
    error: null,
    cost: null,
    spans: null,
    ...part,
  }
}

/** A run with a message and a step of each node. */
export function aBatch(run: RunRecord, nodeIds: readonly string[] = ['ChatInput-1']): RunBatch {
  const { flowId, id, sessionId, userId } = run
  return {
    run,
    messages: [aMessage(userId ?? '', { flow_id: flowId, run_id: id, session_id: sessionId })],
    steps: nodeIds.map((nodeId) => aStep(run, nodeId)),
  }
}

/** A run that waits, with its job. */
export function aQueuedRun(userId: string, flowId: string, part: Partial<RunJob> = {}) {
  const run = aRun(userId, flowId, { kind: 'webhook', status: 'queued', endedAt: null })
  const job: RunJob = {
    id: run.id,
    flowId,
    userId,
    state: 'queued',
    attempts: 0,
    fence: 0,
    leaseUntil: 0,
    bytes: 2,
    createdAt: 1,
    updatedAt: 1,
    payload: { body: '{}' },
    ...part,
  }
  return { run, job, messages: [], steps: [] } satisfies RunBatch
}

/** A published version of a flow as it is; its number is given by the repository. */
export function aPublishedVersion(flow: FlowRecord, part: Partial<NewPublishedVersion> = {}): NewPublishedVersion {
  return {
    flowId: flow.id,
    userId: flow.userId,
    author: null,
    note: null,
    createdAt: 1,
    restoredFrom: null,
    flowVersion: flow.version,
    fingerprint: 'print',
    contract: '{}',
    data: flow.data ?? '{}',
    ...part,
  }
}

export function aUsage(userId: string, part: Partial<UsageRecord> = {}): UsageRecord {
  return {
    userId,
    day: '2026-01-31',
    flowId: 'flow',
    keyId: 'key',
    bucket: 3,
    calls: 1,
    errors: 0,
    limited: 0,
    cached: 0,
    inputTokens: 0,
    outputTokens: 0,
    cost: null,
    unpricedTokens: 0,
    lastAt: 1,
    ...part,
  }
}

/** Inserts a flow into a database of before it was told who had saved it. */
export function insertOldFlow(flow: FlowRecord) {
  const { saved_by: _, ...row } = flowCodec.encode(flow)
  return sql`insert into flow (${sql.join(Object.keys(row).map((name) => sql.ref(name)))})
    values (${sql.join(Object.values(row))})`
}
