import type { RunFailureCode } from '@runnel/protocol/errors'
import type { MessageRecord } from '@runnel/protocol/message'
import type { ApprovalRequest } from './approved-tool.ts'
import type { NodeResult } from './node-result.ts'

/** What happens in a run, in order. `node-end` of a node comes after its messages. */
export type RunEvent =
  | { readonly type: 'run-start'; readonly first: readonly string[]; readonly kept: readonly string[] }
  | { readonly type: 'node-start'; readonly nodeId: string }
  | {
      readonly type: 'node-end'
      readonly nodeId: string
      readonly result: NodeResult
      readonly next: readonly string[]
      /** Nodes that a router has ruled out so far. */
      readonly skipped: readonly string[]
      /** Names of the outputs the node stopped in this build. */
      readonly stopped: ReadonlySet<string>
    }
  | { readonly type: 'node-error'; readonly nodeId: string; readonly failure: NodeFailure; readonly result: NodeResult }
  /** A message is new, or changed when one of its id was sent before. */
  | { readonly type: 'message-add'; readonly message: MessageRecord }
  | {
      readonly type: 'message-delta'
      readonly messageId: string
      /** The node that says it. */
      readonly nodeId: string
      readonly text: string
      readonly timestamp: number
    }
  /** What a model thinks before it speaks. */
  | { readonly type: 'reasoning-delta'; readonly nodeId: string; readonly text: string }
  | { readonly type: 'message-remove'; readonly messageId: string }
  /** A node runs as a tool of an agent. */
  | { readonly type: 'tool-start'; readonly nodeId: string }
  | { readonly type: 'tool-end'; readonly nodeId: string }
  /** A tool is called once somebody has allowed it. */
  | { readonly type: 'approval-ask'; readonly request: ApprovalRequest }
  | { readonly type: 'approval-end'; readonly requestId: string }
  | { readonly type: 'run-end'; readonly results: ReadonlyMap<string, NodeResult> }

/** Hears of the events of a run as they happen, between two steps of a component: what takes time must not happen here. */
export interface RunListener {
  hear(event: RunEvent): void
  /** Resolves when what was heard has gone on; at once while little is waiting. */
  drained(): Promise<void> | undefined
}

/** Why a node failed. */
export interface NodeFailure {
  readonly nodeId: string
  readonly displayName: string
  readonly code: RunFailureCode
  /** The sentence alone, without the name of the component. */
  readonly reason: string
  /** Seconds the model provider asked to wait. */
  readonly retryAfterSeconds: number | undefined
}
