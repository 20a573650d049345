import type { Graph, GraphField, GraphNode } from './graph.ts'
import type { NodeResult } from './node-result.ts'
import type { RunPorts } from './ports.ts'
import type { RunEvent } from './run-event.ts'

/** Fields changed for one run, by node and field name. */
export type Overlay = ReadonlyMap<number, ReadonlyMap<string, GraphField>>

/** One run, as asked for. */
export interface RunRequest {
  readonly runId: string
  readonly flowId: string
  readonly userId: string | null
  /** The conversation; the flow's id unless the caller named one. */
  readonly sessionId: string
  /** `all`: the session goes into every `session_id` field, as API runs do; `empty`: only where none is set. */
  readonly sessionFields: 'all' | 'empty'
  /** Values for the `input_value` of input nodes, by node. */
  readonly inputValues: ReadonlyMap<number, string>
  /** Files for chat inputs, as stored paths. */
  readonly inputFiles: readonly string[]
  readonly overlay: Overlay
  /** Variables of this run alone, above the user's. */
  readonly requestVariables: ReadonlyMap<string, string>
  /** The environment may stand in for a variable the user has not set. */
  readonly environmentFallback: boolean
  /** It may for what components ask for themselves, such as the address of a provider, although not for fields. */
  readonly componentEnvironment?: boolean
  /** Begin at this node, or end at it; both are node numbers. */
  readonly start?: number
  readonly stop?: number
  /** Nodes that must run although nothing joins them to `start`. */
  readonly also?: readonly number[]
  /** Run what nothing joins to the lone chat input too; ignored with `start` and `stop`. */
  readonly toAllEnds?: boolean
  /** The first failure ends the run; else the other branches go on. */
  readonly failFast: boolean
  /** Keep every result for later freezing, not only those of frozen nodes. */
  readonly cacheAll: boolean
  /** Nodes with pinned outputs give those instead of running: only where a draft is tried. */
  readonly usePins?: boolean
}

/** What the parts of one run share. */
export interface RunScope {
  readonly graph: Graph
  readonly request: RunRequest
  readonly ports: RunPorts
  readonly signal: AbortSignal
  readonly state: Map<string, unknown>
  readonly results: (NodeResult | undefined)[]
  emit(event: RunEvent): void
  drained(): Promise<void> | undefined
  fieldOf(node: GraphNode, field: GraphField): GraphField
  variable(name: string): Promise<{ readonly value: string; readonly type: string } | undefined>
}
