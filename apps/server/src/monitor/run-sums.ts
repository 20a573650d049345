import type { RunSummary } from '@runnel/protocol/monitor-summary'
import type { RunSum } from '@runnel/storage/run-summary-repository'
import { dollars } from '../runs/run-costs.ts'
import { NO_BUCKET, percentile } from '../usage/durations.ts'

/** What is counted beside the runs. */
export interface CountedBeside {
  readonly sessions: number
  readonly up: number
  readonly down: number
}

/** Rows of runs as one: a cost that is not known adds nothing, and stays unknown among its like. */
export function summaryOf(rows: readonly RunSum[], { sessions, up, down }: CountedBeside): RunSummary {
  const sum = { runs: 0, succeeded: 0, failed: 0, input: 0, output: 0, unpricedRuns: 0, unpricedTokens: 0 }
  const durations = new Map<number, number>()
  let cost: number | null = null
  for (const row of rows) {
    sum.runs += row.runs
    if (row.status === 'succeeded') sum.succeeded += row.runs
    if (row.status === 'failed') sum.failed += row.runs
    sum.input += row.inputTokens
    sum.output += row.outputTokens
    sum.unpricedRuns += row.unpricedRuns
    sum.unpricedTokens += row.unpricedTokens
    if (row.cost !== null) cost = (cost ?? 0) + row.cost
    const bucket = row.durationBucket ?? NO_BUCKET
    durations.set(bucket, (durations.get(bucket) ?? 0) + row.runs)
  }
  const decided = sum.succeeded + sum.failed
  return {
    runs: sum.runs,
    succeeded: sum.succeeded,
    failed: sum.failed,
    success_rate: decided === 0 ? null : sum.succeeded / decided,
    p50_ms: percentile(durations, 0.5),
    p95_ms: percentile(durations, 0.95),
    input_tokens: sum.input,
    output_tokens: sum.output,
    cost: dollars(cost),
    unpriced_runs: sum.unpricedRuns,
    unpriced_tokens: sum.unpricedTokens,
    sessions,
    thumbs_up: up,
    thumbs_down: down,
  }
}
