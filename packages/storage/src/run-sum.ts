import { bucketOf } from './duration-buckets.ts'
import type { RunRecord } from './run-records.ts'
import { joinSketches, type SessionSketch, sketchOf } from './session-sketch.ts'

/** What some runs come to. */
export interface RunSum {
  readonly runs: number
  readonly succeeded: number
  readonly failed: number
  readonly inputTokens: number
  readonly outputTokens: number
  /** Billionths of a US dollar; null when of none the price is known. */
  readonly cost: number | null
  /** Runs with tokens of models without a known price, and these tokens. */
  readonly unpricedRuns: number
  readonly unpricedTokens: number
  /** How many runs that ended took how long, by buckets of durations. */
  readonly durations: Readonly<Record<string, number>>
  /** The sessions they were of; sessions of two flows are two. */
  readonly sessions: SessionSketch
}

/** Of one user's runs of one flow that began in one hour or day (UTC). */
export interface SlotSum extends RunSum {
  /** '' for runs of nobody. */
  readonly userId: string
  readonly slot: 'hour' | 'day'
  /** Epoch milliseconds it begins at. */
  readonly at: number
  readonly flowId: string
}

/** What is read of a run to count it. */
export type SummedRun = Pick<
  RunRecord,
  | 'id'
  | 'flowId'
  | 'userId'
  | 'sessionId'
  | 'status'
  | 'startedAt'
  | 'endedAt'
  | 'inputTokens'
  | 'outputTokens'
  | 'cost'
  | 'unpricedTokens'
>

export function sumOfRuns(runs: readonly SummedRun[]): RunSum {
  const sketches = [...Map.groupBy(runs, ({ flowId }) => flowId)].map(([flowId, ofFlow]) =>
    sketchOf(
      ofFlow.map(({ sessionId }) => sessionId),
      flowId,
    ),
  )
  const sum = emptySum()
  for (const run of runs) {
    sum.runs++
    if (run.status === 'succeeded') sum.succeeded++
    if (run.status === 'failed') sum.failed++
    sum.inputTokens += run.inputTokens
    sum.outputTokens += run.outputTokens
    if (run.cost !== null) sum.cost = (sum.cost ?? 0) + run.cost
    if (run.unpricedTokens > 0) sum.unpricedRuns++
    sum.unpricedTokens += run.unpricedTokens
    if (run.endedAt === null) continue
    const bucket = bucketOf(run.endedAt - run.startedAt)
    sum.durations[bucket] = (sum.durations[bucket] ?? 0) + 1
  }
  return { ...sum, sessions: joinSketches(sketches) }
}

/** A cost that is not known adds nothing, and stays unknown among its like. */
export function joinSums(sums: readonly RunSum[]): RunSum {
  const all = emptySum()
  for (const sum of sums) {
    all.runs += sum.runs
    all.succeeded += sum.succeeded
    all.failed += sum.failed
    all.inputTokens += sum.inputTokens
    all.outputTokens += sum.outputTokens
    if (sum.cost !== null) all.cost = (all.cost ?? 0) + sum.cost
    all.unpricedRuns += sum.unpricedRuns
    all.unpricedTokens += sum.unpricedTokens
    for (const [bucket, count] of Object.entries(sum.durations)) {
      all.durations[bucket] = (all.durations[bucket] ?? 0) + count
    }
  }
  return { ...all, sessions: joinSketches(sums.map(({ sessions }) => sessions)) }
}

const emptySum = () => ({
  runs: 0,
  succeeded: 0,
  failed: 0,
  inputTokens: 0,
  outputTokens: 0,
  cost: null as number | null,
  unpricedRuns: 0,
  unpricedTokens: 0,
  durations: {} as Record<string, number>,
})
