import type { ProjectRole } from '@runnel/protocol/roles'

// What people own. Times are epoch milliseconds, ids lower-case UUIDs (version 7 where the database makes them).

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

/** Somebody a project is shared with. Who made the project owns it without a record. */
export interface ProjectMemberRecord {
  readonly projectId: string
  readonly userId: string
  readonly role: ProjectRole
  readonly createdAt: number
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
  /** Who wrote it last, a member of its project; null: its owner. */
  readonly savedBy: string | null
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
  /** The owner of the flow. */
  readonly userId: string
  /** Who made it, a member of its project; null: its owner. */
  readonly author: string | null
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
  /** The owner of the flow. */
  readonly userId: string
  /** Who published it, a member of its project; null: its owner. */
  readonly author: string | null
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

/** What a user wants to be told of. */
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

/** An MCP server a user has entered. */
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
