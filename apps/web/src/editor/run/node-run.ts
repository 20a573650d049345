import type { FlowDocument } from '../model/flow-document.ts'

/** What the last run has shown of a node. */
export interface NodeRun {
  readonly status: 'idle' | 'queued' | 'running' | 'done' | 'failed' | 'skipped'
  /** Why it failed. */
  readonly message: string | undefined
  /** As the server says it: `15 ms`, `1.03 seconds`. */
  readonly duration: string | undefined
  /** Epoch milliseconds. */
  readonly startedAt: number | undefined
  readonly endedAt: number | undefined
  readonly outputs: Readonly<Record<string, ShownOutput>>
  /** The values themselves by output: a message with who said it. */
  readonly results: Readonly<Record<string, unknown>>
  readonly logs: Readonly<Record<string, unknown>>
  readonly isFrozenResult: boolean
  /** Tokens its models took and gave. */
  readonly tokens: number | undefined
  /** What they cost, in US dollars; undefined when no price is known. */
  readonly cost: number | undefined
  /** The flow as it was run; a node that differs from it now is stale. */
  readonly ranWith: FlowDocument | undefined
  /** What it gave in the run before; undefined when there was none. */
  readonly before: Pick<NodeRun, 'outputs' | 'results' | 'endedAt'> | undefined
}

/** An output's value as the server shows it; long ones are cut. */
export interface ShownOutput {
  readonly message: unknown
  /** `text`, `object`, `array`, `error`, `stream`, `unknown`… */
  readonly type: string
}

export const idleNode: NodeRun = {
  status: 'idle',
  message: undefined,
  duration: undefined,
  startedAt: undefined,
  endedAt: undefined,
  outputs: {},
  results: {},
  logs: {},
  isFrozenResult: false,
  tokens: undefined,
  cost: undefined,
  ranWith: undefined,
  before: undefined,
}

/** What a node is that no longer works, without having ended just now: what it gave before stays, as when it is a tool. */
export const restingStatus = (run: NodeRun | undefined): 'idle' | 'done' =>
  run?.endedAt === undefined ? 'idle' : 'done'

/** How a run ended. */
export type RunOutcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly nodeId: string | undefined; readonly message: string }
