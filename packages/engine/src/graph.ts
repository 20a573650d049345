import type { JsonObject } from '@runnel/protocol/json'
import type { Coercion, Component, ErasedOutput, Field } from '@runnel/sdk'
import type { Topology } from './topology.ts'

/** One input of a node: what the file says of it, what the component declares, and its value when no edge brings one. */
export interface GraphField {
  readonly name: string
  readonly declared: Field | undefined
  /** As in the file; undefined when only the component knows the field. */
  readonly template: JsonObject | undefined
  readonly coercion: Coercion
  readonly isList: boolean
  /** Converted and coerced; undefined when not set. */
  readonly literal: unknown
  /** The literal names a global variable. */
  readonly variable: string | undefined
  /** Columns of a table whose cells name variables. */
  readonly variableColumns: readonly string[]
  /** What is wrong with the literal; thrown when the node runs without an edge here. */
  readonly problem: string | undefined
  /** Positions in `Graph.edges`, in file order. */
  readonly edges: readonly number[]
}

/** An output that is computed when the node runs. */
export interface GraphOutput {
  /** As edges and results call it. */
  readonly name: string
  /** Undefined: the file names an output this component does not have. */
  readonly output: ErasedOutput | undefined
  readonly isToolset: boolean
  /** Path into a Data result, or ''. */
  readonly filter: string
}

export interface GraphNode {
  readonly index: number
  readonly id: string
  readonly type: string
  /** Undefined: this server has no such component; the node fails when it is reached. */
  readonly component: Component | undefined
  /** Why there is no component, and what to use instead. */
  readonly missing: string | undefined
  readonly displayName: string
  readonly description: string
  readonly icon: string | null
  readonly role: 'input' | 'output' | null
  readonly isLoop: boolean
  readonly frozen: boolean
  /** Switched off: nothing behind it runs, or what it is given goes on as it is. */
  readonly disabled: 'stop' | 'pass' | undefined
  /** Values given instead of running, by output; heeded where the request says so. */
  readonly pinned: ReadonlyMap<string, unknown>
  readonly fields: readonly GraphField[]
  readonly fieldIndex: ReadonlyMap<string, number>
  readonly outputs: readonly GraphOutput[]
  /** Rows of `tools_metadata`; undefined when the file has no such field. */
  readonly toolRows: readonly JsonObject[] | undefined
  /** The outermost group the node stands in. */
  readonly groupId: string | undefined
  readonly incoming: readonly number[]
  readonly outgoing: readonly number[]
  /** A neighbour is a Chat Output. */
  readonly isNextToChatOutput: boolean
}

export interface GraphEdge {
  readonly source: number
  readonly target: number
  /** The output it leaves by. */
  readonly output: string
  /** The field it enters; undefined for the feedback of a loop. */
  readonly field: string | undefined
  /** The loop output whose feedback it is. */
  readonly feedback: string | undefined
}

/** A flow, checked and indexed, ready to run any number of times. */
export interface Graph {
  readonly nodes: readonly GraphNode[]
  readonly edges: readonly GraphEdge[]
  readonly indexById: ReadonlyMap<string, number>
  readonly topology: Topology
  /** What was dropped or looks wrong but does not prevent a run. */
  readonly warnings: readonly string[]
}
