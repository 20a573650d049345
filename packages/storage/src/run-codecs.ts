import { emptyProperties } from '@runnel/protocol/message'
import { createRowCodec } from './row-codec.ts'
import type {
  IdempotentAnswer,
  IdempotentRequest,
  ModelUsageRecord,
  RunCheckpoint,
  RunJob,
  RunRecord,
  RunStepRecord,
  StoredMessage,
  UsageRecord,
} from './run-records.ts'
import type { SlotSum, SummedRun } from './run-sum.ts'

// How what runs leave behind stands in its rows.

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
  startedBy: 'plain',
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
  cost: 'plain',
  unpricedTokens: 'plain',
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
