import type { MessageRecord } from '@runnel/protocol/message'

// What runs leave behind. Times are epoch milliseconds.

export type RunStatus = 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled'

export interface RunRecord {
  readonly id: string
  readonly flowId: string
  readonly userId: string | null
  readonly sessionId: string
  readonly kind: 'run' | 'build' | 'playground' | 'webhook' | 'workflow' | 'mcp' | 'eval'
  readonly status: RunStatus
  readonly startedAt: number
  readonly endedAt: number | null
  /** Of the failure. */
  readonly error: string | null
  readonly errorCode: string | null
  readonly failedNodeId: string | null
  readonly inputTokens: number
  readonly outputTokens: number
  /** The beginning of what was said to it, and of what it answered. */
  readonly said: string | null
  readonly answered: string | null
  /** The key it was called with, if with one. */
  readonly keyId: string | null
  /** The name of the member of the project who began it; null: whose run it is. */
  readonly startedBy: string | null
  /** The number of the published version it ran; null for the draft. */
  readonly published: number | null
  /** The graph it ran, as far as that is kept. */
  readonly graphId: string | null
  /** What its model calls cost, in billionths of a US dollar; null when of none the price is known. */
  readonly cost: number | null
  /** Tokens of models without a known price: the cost is higher by what they cost. */
  readonly unpricedTokens: number
  /** What it was given and gave is not kept, as its project asks. */
  readonly isPrivate: boolean
}

/** One build of one node: what Langflow calls a vertex build and a transaction. The JSON columns hold texts. */
export interface RunStepRecord {
  readonly id: string
  readonly runId: string
  readonly flowId: string
  readonly nodeId: string
  /** The node its output went to, if any. */
  readonly targetId: string | null
  readonly startedAt: number
  readonly durationMs: number
  readonly valid: boolean
  readonly params: string | null
  /** JSON of results, outputs and logs. */
  readonly data: string
  /** JSON. */
  readonly artifacts: string
  /** JSON of the argument values, secrets masked. */
  readonly inputs: string
  readonly error: string | null
  /** As that of a run. */
  readonly cost: number | null
  /** JSON of the model calls, tools and retrievals inside; null when there were none, and where they are not asked for. */
  readonly spans: string | null
}

/** A message with its owner. */
export interface StoredMessage extends MessageRecord {
  readonly userId: string | null
}

/** What calls with one key, of one flow, on one day, of about the same duration, came to. */
export interface UsageRecord {
  /** Owner of the flow. */
  readonly userId: string
  /** `2026-01-31`, UTC. */
  readonly day: string
  readonly flowId: string
  /** '' for calls without a key. */
  readonly keyId: string
  /** Of the duration, on a logarithmic scale; -1 for calls that never ran. */
  readonly bucket: number
  readonly calls: number
  readonly errors: number
  /** Refused by a rate limit; not among the calls. */
  readonly limited: number
  /** Answered from the cache. */
  readonly cached: number
  readonly inputTokens: number
  readonly outputTokens: number
  /** As those of a run. */
  readonly cost: number | null
  readonly unpricedTokens: number
  readonly lastAt: number
}

/** What the calls of one model in the runs of one flow on one day came to. */
export interface ModelUsageRecord {
  /** Owner of the flow. */
  readonly userId: string
  /** `2026-01-31`, UTC. */
  readonly day: string
  readonly flowId: string
  readonly provider: string
  readonly model: string
  readonly calls: number
  readonly inputTokens: number
  readonly outputTokens: number
  /** In billionths of a US dollar; null when its price is not known. */
  readonly cost: number | null
}

/** A run that waits for a worker, or is with one. Its id is the run's. */
export interface RunJob {
  readonly id: string
  readonly flowId: string
  /** Owner of the flow. */
  readonly userId: string
  readonly state: 'queued' | 'running'
  /** How often a worker has begun it, those runs left out that were handed back in an orderly way. */
  readonly attempts: number
  /** Grows with every claim; a worker that holds an older number can write nothing any more. */
  readonly fence: number
  /** When the claim of its worker ends. Epoch milliseconds, by the clock of the database where it has one. */
  readonly leaseUntil: number
  /** Of the payload. */
  readonly bytes: number
  readonly createdAt: number
  readonly updatedAt: number
  /** What the run begins with. */
  readonly payload: RunPayload
}

export interface RunPayload {
  /** The body of the request that started it. */
  readonly body: string
}

/** The right to write what a run leaves behind. */
export type RunClaim = Pick<RunJob, 'id' | 'fence'>

/** What a finished step gave, so that a run that was cut off goes on behind it. */
export interface RunCheckpoint {
  readonly runId: string
  readonly nodeId: string
  /** Of the flow the step was a part of. */
  readonly flowVersion: number
  /** Messages the step has stored. */
  readonly messageIds: readonly string[]
  /** JSON. */
  readonly data: string
}

/** A request that carried an idempotency key. */
export interface IdempotentRequest {
  /** Hash of the key, with whoever may use it for what. */
  readonly id: string
  /** Of the body. */
  readonly requestHash: string
  readonly runId: string
  readonly createdAt: number
}

/** What a request with an idempotency key was answered. */
export interface IdempotentAnswer {
  /** That of the request. */
  readonly id: string
  readonly status: number
  readonly contentType: string
  readonly body: string
  readonly createdAt: number
}

/** What one run leaves behind; written in one transaction. */
export interface RunBatch {
  readonly run?: RunRecord
  /** A run to be worked on later. */
  readonly job?: RunJob
  /** Remembered with the job. */
  readonly request?: IdempotentRequest
  /**
   * Nothing is written unless this claim still holds; with a run in a final state the job and its checkpoints go.
   */
  readonly claim?: RunClaim
  readonly checkpoints?: readonly RunCheckpoint[]
  /** Inserted, or replacing the rows of the same id. */
  readonly messages: readonly StoredMessage[]
  /** Messages that go, if they are this user's. */
  readonly removed?: { readonly userId: string; readonly messageIds: readonly string[] }
  readonly steps: readonly RunStepRecord[]
  /** Added to what is stored. */
  readonly usage?: readonly UsageRecord[]
  /** The same. */
  readonly modelUsage?: readonly ModelUsageRecord[]
  /** It may wait some milliseconds for others to share its transaction and file sync with. */
  readonly canWait?: boolean
}
