import type { JsonObject } from '@runnel/protocol/json'

// Tests of flows. Times are epoch milliseconds.

/** What a flow is to answer to what. */
export interface FlowTestRecord {
  readonly id: string
  readonly flowId: string
  /** Owner of the flow. */
  readonly userId: string
  readonly name: string
  readonly inputValue: string
  readonly tweaks: JsonObject
  readonly checkKind: 'equals' | 'contains' | 'regex' | 'schema' | 'judge'
  /** The text, the pattern, the JSON Schema or the rubric. */
  readonly expected: string
  readonly ignoreCase: boolean
  /** The model that judges by the rubric; null: the default one. */
  readonly judge: FlowTestJudge | null
  /** How it went the last time. */
  readonly last: FlowTestOutcome | null
  readonly createdAt: number
  readonly updatedAt: number
}

export interface FlowTestJudge {
  readonly provider: string
  readonly name: string
}

export interface FlowTestOutcome {
  readonly testRunId: string
  /** The run of the flow; null when none began. */
  readonly runId: string | null
  readonly passed: boolean
  readonly at: number
}

/** Why a test failed. */
export interface FlowTestReason {
  readonly code:
    | 'differs'
    | 'lacks'
    | 'no_match'
    | 'no_json'
    | 'schema'
    | 'judged'
    | 'no_verdict'
    | 'run_failed'
    | 'check_failed'
  /** What there is to say besides: of the schema, the judge, the failure. */
  readonly detail: string
}

/** One test in a run of tests, as it was then. */
export interface FlowTestResult extends Pick<FlowTestRecord, 'name' | 'inputValue' | 'checkKind' | 'expected'> {
  readonly testId: string
  readonly state: 'waiting' | 'running' | 'passed' | 'failed' | 'skipped'
  readonly runId: string | null
  /** What the flow answered, as far as it is kept. */
  readonly actual: string | null
  readonly reason: FlowTestReason | null
  readonly durationMs: number | null
}

/** A run of tests without its results, as lists show it. */
export interface FlowTestRunHeader {
  readonly id: string
  readonly flowId: string
  /** Owner of the flow. */
  readonly userId: string
  /** What was tested. */
  readonly target: 'draft' | 'saved' | 'published'
  /** Number of the saved or published version; null for the draft. */
  readonly version: number | null
  /** All the tests the flow had. */
  readonly isWhole: boolean
  readonly status: 'running' | 'completed' | 'cancelled' | 'interrupted'
  readonly startedAt: number
  readonly updatedAt: number
  readonly endedAt: number | null
  readonly total: number
  readonly passed: number
  /** The share that passed, 0 to 1; null unless it is completed. */
  readonly score: number | null
}

export interface FlowTestRunRecord extends FlowTestRunHeader {
  readonly results: readonly FlowTestResult[]
}
