import type { RunRead } from '@runnel/protocol/monitor'
import type { RunRecord } from '@runnel/storage/run-records'
import { dollars } from '../runs/run-costs.ts'
import { zoned } from './step-wire.ts'

/** A run as the monitor shows it. */
export const toRunRead = (run: RunRecord): RunRead => ({
  id: run.id,
  flow_id: run.flowId,
  session_id: run.sessionId,
  kind: run.kind,
  status: run.status,
  started_at: zoned(run.startedAt),
  ended_at: run.endedAt === null ? null : zoned(run.endedAt),
  duration_ms: run.endedAt === null ? null : run.endedAt - run.startedAt,
  attempts: run.status === 'queued' ? 0 : 1,
  error: run.error,
  error_code: run.errorCode,
  failed_component: run.failedNodeId,
  token_usage: {
    input_tokens: run.inputTokens,
    output_tokens: run.outputTokens,
    total_tokens: run.inputTokens + run.outputTokens,
  },
  cost: dollars(run.cost),
  unpriced_tokens: run.unpricedTokens,
  input: run.said,
  output: run.answered,
  key_id: run.keyId,
  started_by: run.startedBy,
  published_version: run.published,
  has_graph: run.graphId !== null,
  is_private: run.isPrivate,
})
