import type { RunSummary } from '@runnel/protocol/monitor-summary'
import { percentile } from '@runnel/storage/duration-buckets'
import type { RunSum } from '@runnel/storage/run-sum'
import { countOf } from '@runnel/storage/session-sketch'
import { dollars } from '../runs/run-costs.ts'

/** Thumbs that answers were given. */
export interface Thumbs {
  readonly up: number
  readonly down: number
}

/** A sum of runs as it is told. */
export function summaryOf(sum: RunSum, { up, down }: Thumbs): RunSummary {
  const durations = new Map(Object.entries(sum.durations).map(([bucket, count]) => [Number(bucket), count]))
  const decided = sum.succeeded + sum.failed
  return {
    runs: sum.runs,
    succeeded: sum.succeeded,
    failed: sum.failed,
    success_rate: decided === 0 ? null : sum.succeeded / decided,
    p50_ms: percentile(durations, 0.5),
    p95_ms: percentile(durations, 0.95),
    input_tokens: sum.inputTokens,
    output_tokens: sum.outputTokens,
    cost: dollars(sum.cost),
    unpriced_runs: sum.unpricedRuns,
    unpriced_tokens: sum.unpricedTokens,
    sessions: countOf(sum.sessions),
    thumbs_up: up,
    thumbs_down: down,
  }
}
