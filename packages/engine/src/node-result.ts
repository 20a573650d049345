import type { TokenUsage } from '@runnel/protocol/message'
import type { GraphNode } from './graph.ts'
import type { ModelUsage } from './model-usage.ts'
import type { Span } from './span-log.ts'

export interface LogEntry {
  readonly name: string
  readonly message: unknown
  readonly type: string
  /** Epoch milliseconds; of entries kept by earlier releases it is not known. */
  readonly at?: number
}

/** What one build of a node gave. Values are as the component returned them; the wire forms are made when asked for. */
export interface NodeResult {
  readonly node: GraphNode
  readonly outputs: ReadonlyMap<string, unknown>
  readonly logs: ReadonlyMap<string, readonly LogEntry[]>
  readonly status: unknown
  /** The values the node was given, for its transaction. */
  readonly inputs: Readonly<Record<string, unknown>>
  /** Values of credentials among them, which nobody is to be shown; none unless there are any. */
  readonly credentials?: readonly string[]
  readonly usage: TokenUsage | null
  /** The same by model, of the calls whose model is known; none unless there were any. */
  readonly models?: readonly ModelUsage[]
  /** Its model calls, tools and retrievals, in the order they began; none unless there were any. */
  readonly spans?: readonly Span[]
  /** Epoch milliseconds. */
  readonly startedAt: number
  readonly durationMs: number
  readonly usedFrozenResult: boolean
  /** Outputs behind which nothing runs. */
  readonly stopped: ReadonlySet<string>
}
