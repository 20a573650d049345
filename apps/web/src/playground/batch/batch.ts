import { createStore, type StoreApi } from 'zustand/vanilla'

/** How one row went. */
export interface BatchRow {
  readonly status: 'waiting' | 'running' | 'done' | 'failed'
  /** What the flow gave, by the names of the nodes it ends in. */
  readonly outputs: Readonly<Record<string, string>>
  readonly error: string | undefined
  readonly durationMs: number | undefined
}

export interface BatchState {
  readonly rows: readonly BatchRow[]
  readonly isRunning: boolean
}

export interface Batch {
  readonly store: StoreApi<BatchState>
  /** Runs the rows that wait. Resolves when none runs any more. */
  run(): Promise<void>
  /** Those that failed wait again, and are run. */
  retry(): Promise<void>
  /** Ends those that run; they wait again. */
  stop(): void
}

export interface BatchOptions {
  readonly count: number
  /** As many rows run at once. */
  readonly parallel: number
  /** @throws Error that says why the row failed */
  readonly runRow: (index: number, signal: AbortSignal) => Promise<Readonly<Record<string, string>>>
  /** Milliseconds. */
  readonly now?: () => number
}

const WAITING: BatchRow = { status: 'waiting', outputs: {}, error: undefined, durationMs: undefined }

/** Runs a flow once for each row, so many at a time; one that fails does not end the others. */
export function createBatch({ count, parallel, runRow, now = () => performance.now() }: BatchOptions): Batch {
  const store = createStore<BatchState>(() => ({ rows: new Array<BatchRow>(count).fill(WAITING), isRunning: false }))
  const { getState, setState } = store
  const setRow = (index: number, change: Partial<BatchRow>): void =>
    setState(({ rows }) => ({ rows: rows.with(index, { ...WAITING, ...change }) }))
  let abort = new AbortController()

  async function work(): Promise<void> {
    const { signal } = abort
    for (;;) {
      const index = signal.aborted ? -1 : getState().rows.findIndex(({ status }) => status === 'waiting')
      if (index < 0) return
      const since = now()
      setRow(index, { status: 'running' })
      try {
        setRow(index, { status: 'done', outputs: await runRow(index, signal), durationMs: now() - since })
      } catch (error) {
        if (signal.aborted) setRow(index, {})
        else {
          const reason = error instanceof Error ? error.message : String(error)
          setRow(index, { status: 'failed', error: reason, durationMs: now() - since })
        }
      }
    }
  }

  async function run(): Promise<void> {
    if (getState().isRunning) return
    abort = new AbortController()
    setState({ isRunning: true })
    await Promise.all(Array.from({ length: Math.min(parallel, count) }, work))
    setState({ isRunning: false })
  }

  return {
    store,
    run,
    async retry() {
      setState(({ rows }) => ({ rows: rows.map((row) => (row.status === 'failed' ? WAITING : row)) }))
      await run()
    },
    stop: () => abort.abort(),
  }
}
