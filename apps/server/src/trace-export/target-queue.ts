import { setTimeout as sleep } from 'node:timers/promises'
import type { ExportTarget } from './export-targets.ts'
import type { Sent } from './target-client.ts'

/** Spans of some runs, ready to be sent. */
export interface SpanBatch {
  readonly runs: number
  /** One for each run. */
  readonly scopes: readonly Uint8Array[]
}

/** What came of it so far, since this process began. */
export interface TargetState {
  /** Runs. */
  readonly sent: number
  /** Runs whose spans were refused, or for which there was no room or no time. */
  readonly lost: number
  readonly waiting: number
  /** Epoch milliseconds. */
  readonly last: { readonly at: number; readonly ok: boolean; readonly error: string | null } | null
}

export interface TargetQueueOptions {
  readonly target: ExportTarget
  readonly send: (target: ExportTarget, scopes: readonly Uint8Array[], signal: AbortSignal) => Promise<Sent>
  readonly now: () => number
  /** Waits between attempts; a timer unless given. */
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>
}

export type TargetQueue = ReturnType<typeof createTargetQueue>

/** What waits for a tool that cannot be reached; then the newest is let go. */
const MOST_BYTES = 16 * 1024 * 1024
/** Waits between attempts double from the first to the longest. */
const [FIRST_WAIT_MS, LONGEST_WAIT_MS] = [1000, 30_000]
/** Batches that could not be sent for so long are let go. */
const GIVE_UP_MS = 300_000

/** Sends batches to one tool, one after the other, in the order they came. */
export function createTargetQueue({ target, send, now, wait = timer }: TargetQueueOptions) {
  const waiting: SpanBatch[] = []
  const closing = new AbortController()
  const abort = new AbortController()
  let state: Omit<TargetState, 'waiting'> = { sent: 0, lost: 0, last: null }
  let bytes = 0
  let inFlight = 0
  let working: Promise<void> | undefined

  function lose(runs: number): void {
    state = { ...state, lost: state.lost + runs }
  }

  async function attempt(scopes: readonly Uint8Array[], signal: AbortSignal): Promise<Sent> {
    const sent = await send(target, scopes, signal)
    state = { ...state, last: { at: now(), ok: sent.ok, error: sent.ok ? null : sent.error } }
    return sent
  }

  async function deliver({ runs, scopes }: SpanBatch): Promise<void> {
    const giveUpAt = now() + GIVE_UP_MS
    for (let pause = FIRST_WAIT_MS; ; pause = Math.min(2 * pause, LONGEST_WAIT_MS)) {
      const sent = await attempt(scopes, abort.signal)
      if (sent.ok) {
        state = { ...state, sent: state.sent + runs }
        return
      }
      if (sent.retryAfterMs === null || closing.signal.aborted || now() + pause > giveUpAt) {
        lose(runs)
        return
      }
      await wait(Math.max(pause, sent.retryAfterMs), closing.signal).catch(() => {})
    }
  }

  async function work(): Promise<void> {
    for (let batch = waiting.shift(); batch; batch = waiting.shift()) {
      inFlight = batch.runs
      await deliver(batch)
      bytes -= sizeOf(batch)
      inFlight = 0
    }
    working = undefined
  }

  return {
    target,
    state: (): TargetState => ({ ...state, waiting: waiting.reduce((sum, { runs }) => sum + runs, inFlight) }),
    lose,
    add(batch: SpanBatch): void {
      if (bytes + sizeOf(batch) > MOST_BYTES) {
        lose(batch.runs)
        return
      }
      bytes += sizeOf(batch)
      waiting.push(batch)
      working ??= work()
    },
    /** One attempt, now, beside the queue. */
    test: (scopes: readonly Uint8Array[], signal: AbortSignal): Promise<Sent> => attempt(scopes, signal),
    /** Tries what is left once more, without waiting, and ends when the signal is aborted at the latest. */
    async close(signal: AbortSignal): Promise<void> {
      if (signal.aborted) abort.abort(signal.reason)
      signal.addEventListener('abort', () => abort.abort(signal.reason), { once: true })
      closing.abort()
      await working
    },
  }
}

const sizeOf = ({ scopes }: SpanBatch): number => scopes.reduce((sum, { length }) => sum + length, 0)

const timer = (ms: number, signal: AbortSignal): Promise<void> => sleep(ms, undefined, { signal, ref: false })
