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
  readonly logs: Readonly<Record<string, unknown>>
  readonly isFrozenResult: boolean
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
  logs: {},
  isFrozenResult: false,
}

/** How a run ended. */
export type RunOutcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly nodeId: string | undefined; readonly message: string }
