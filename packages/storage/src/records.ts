import type { MessageRecord } from '@runnel/protocol/message'

/** Times are epoch milliseconds, ids lower-case UUIDs (version 7 where the database makes them). */
export interface UserRecord {
  readonly id: string
  readonly username: string
  /** scrypt, in the form `scrypt$N$r$p$salt$hash`; null: cannot log in with a password. */
  readonly passwordHash: string | null
  readonly isActive: boolean
  readonly isSuperuser: boolean
  readonly profileImage: string | null
  readonly optins: Readonly<Record<string, unknown>>
  readonly createdAt: number
  readonly updatedAt: number
  readonly lastLoginAt: number | null
}

export interface ProjectRecord {
  readonly id: string
  readonly userId: string
  readonly parentId: string | null
  readonly name: string
  readonly description: string | null
  /** JSON text of who may call its MCP server, the secret in it sealed; null: as the server usually has it. */
  readonly authSettings: string | null
  /** false: what its runs are given and give is not kept. */
  readonly storesPayloads: boolean
  readonly createdAt: number
  readonly updatedAt: number
}

/** A client of the MCP server of a project, let in by a sign-in. */
export interface McpGrantRecord {
  readonly id: string
  readonly projectId: string
  /** What the client calls itself. */
  readonly client: string
  /** The one refresh token that is good. */
  readonly refreshId: string
  readonly createdAt: number
  readonly expiresAt: number
}

/** A flow without its graph, as lists show it. */
export interface FlowHeader {
  readonly id: string
  readonly userId: string
  readonly projectId: string | null
  readonly name: string
  readonly description: string | null
  readonly endpointName: string | null
  readonly icon: string | null
  readonly iconBgColor: string | null
  readonly gradient: string | null
  readonly isComponent: boolean
  readonly webhook: boolean
  readonly tags: readonly string[] | null
  readonly locked: boolean
  readonly mcpEnabled: boolean
  readonly actionName: string | null
  readonly actionDescription: string | null
  readonly accessType: 'PRIVATE' | 'PUBLIC'
  readonly fsPath: string | null
  /** Grows by one with every change of the row; caches of compiled flows compare it. */
  readonly version: number
  readonly createdAt: number
  readonly updatedAt: number
}

export interface FlowRecord extends FlowHeader {
  /** JSON text of `{nodes, edges, viewport, …}`; null for an empty flow. Kept as text: parsed only where it is needed. */
  readonly data: string | null
}

export interface ApiKeyRecord {
  readonly id: string
  readonly userId: string
  readonly name: string | null
  /** SHA-256 of the key, hex. The key itself is never stored. */
  readonly hash: string
  /** The first 8 characters, for lists. */
  readonly prefix: string
  readonly isActive: boolean
  readonly totalUses: number
  readonly createdAt: number
  readonly lastUsedAt: number | null
  readonly expiresAt: number | null
  /** What the key may do; null: all that its user may. */
  readonly limits: KeyLimits | null
  /** The last 4 characters, for lists; null for a key that was made before they were kept. */
  readonly lastFour: string | null
}

/** What a key may do. Flows and projects add up; with neither, all flows of the user. */
export interface KeyLimits {
  /** `run`: only run flows. */
  readonly access: 'manage' | 'run'
  readonly flowIds: readonly string[] | null
  /** All flows in these projects. */
  readonly projectIds: readonly string[] | null
  /** Addresses and networks it may be used from, `10.0.0.0/8`; null: any. */
  readonly addresses: readonly string[] | null
  /** Calls of published flows a second; null: as the server is set. */
  readonly rateLimit: number | null
}

export interface VariableRecord {
  readonly id: string
  readonly userId: string
  readonly name: string
  readonly type: 'Credential' | 'Generic'
  /** Encrypted by the server before it gets here. */
  readonly value: string
  readonly defaultFields: readonly string[]
  readonly createdAt: number
  readonly updatedAt: number
}

/** An earlier content of a flow, as lists show it. */
export interface FlowVersionHeader {
  readonly id: string
  readonly flowId: string
  /** Who made it: the owner of the flow. */
  readonly userId: string
  /** From 1, in the order they were made. */
  readonly number: number
  readonly description: string | null
  readonly createdAt: number
}

export interface FlowVersionRecord extends FlowVersionHeader {
  /** JSON text, as in a flow. */
  readonly data: string | null
}

/** A flow that was published at some time. */
export interface PublicationRecord {
  readonly flowId: string
  /** Owner of the flow. */
  readonly userId: string
  /** The newest version: the one that is called. */
  readonly version: number
  readonly isLive: boolean
  /** How long an answer may be given again, in seconds; 0: never. */
  readonly cacheSeconds: number
  /** Calls a second, over all keys; null: as many as the keys may. */
  readonly rateLimit: number | null
  /** Of the newest version. */
  readonly publishedAt: number
}

/** One published content of a flow, as lists show it. It never changes. */
export interface PublishedVersionHeader {
  readonly flowId: string
  /** From 1, in the order they were made. */
  readonly number: number
  /** Who published it. */
  readonly userId: string
  readonly note: string | null
  readonly createdAt: number
  /** The version it was made from, for one that brings an older content back. */
  readonly restoredFrom: number | null
  /** `version` of the flow's row at that moment: while it is the same, the flow has not changed since. */
  readonly flowVersion: number
  /** Hash of what the graph does; where nodes stand does not count. */
  readonly fingerprint: string
}

export interface PublishedVersionRecord extends PublishedVersionHeader {
  /** JSON text: what callers give and get. */
  readonly contract: string
  /** JSON text, as in a flow. */
  readonly data: string
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
  readonly lastAt: number
}

/** Something that was done to the installation, and by whom. Never changed. */
export interface AuditRecord {
  readonly id: string
  readonly at: number
  readonly actorId: string | null
  /** The name of the actor at that moment; of a failed login, the name that was tried. */
  readonly actor: string | null
  readonly address: string
  /** `api_key.create`. */
  readonly action: string
  readonly objectId: string | null
  /** The status that was answered. */
  readonly result: number
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

/** An MCP server a user has entered. */
export interface AlertRecord {
  readonly id: string
  readonly userId: string
  /** What it looks at: the runs of one flow or project, or all of the user. */
  readonly flowId: string | null
  readonly projectId: string | null
  readonly name: string
  readonly measure: 'error_rate' | 'latency' | 'spend' | 'no_runs'
  /** Percent, seconds or US dollars; 0 and of no meaning for `no_runs`. */
  readonly threshold: number
  readonly period: '15m' | '1h' | '24h' | '7d'
  readonly emails: readonly string[]
  readonly webhookUrl: string | null
  /** Encrypted by the server before it gets here. */
  readonly webhookSecret: string | null
  readonly isOn: boolean
  readonly state: 'ok' | 'firing'
  /** When it came into this state, what was found at the last look, and when that was. */
  readonly since: number | null
  readonly value: number | null
  readonly checkedAt: number | null
  readonly createdAt: number
  readonly updatedAt: number
}

/** How telling of an event went by one channel. */
export interface AlertDelivery {
  readonly channel: 'email' | 'webhook'
  readonly state: 'waiting' | 'delivered' | 'failed'
  readonly attempts: number
  readonly error: string | null
}

/** An alert began to fire, or ended. */
export interface AlertEventRecord {
  readonly id: string
  readonly alertId: string
  readonly userId: string
  readonly at: number
  readonly kind: 'fired' | 'recovered'
  readonly value: number | null
  readonly deliveries: readonly AlertDelivery[]
  /** When to tell it next; null when nobody waits. */
  readonly dueAt: number | null
}

export interface McpServerRecord {
  readonly id: string
  readonly userId: string
  readonly name: string
  /** JSON text, encrypted by the server before it gets here. */
  readonly config: string
  readonly createdAt: number
  readonly updatedAt: number
}

/** A file a user keeps. Its bytes lie in the data folder, under the user's id. */
export interface FileRecord {
  readonly id: string
  readonly userId: string
  /** Without the extension; unique among the user's files. */
  readonly name: string
  /** `.png`, or empty. */
  readonly extension: string
  /** Bytes. */
  readonly size: number
  readonly createdAt: number
  readonly updatedAt: number
}

/** A refresh token that was handed out. Tokens of one login share a family; a used one ends it. */
export interface RefreshTokenRecord {
  readonly id: string
  readonly familyId: string
  readonly userId: string
  readonly expiresAt: number
  readonly usedAt: number | null
}

export type RunStatus = 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled'

export interface RunRecord {
  readonly id: string
  readonly flowId: string
  readonly userId: string | null
  readonly sessionId: string
  readonly kind: 'run' | 'build' | 'playground' | 'webhook' | 'workflow' | 'mcp'
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
}

/** A message with its owner. */
export interface StoredMessage extends MessageRecord {
  readonly userId: string | null
}
