import type { Errand, Outcome, SandboxWorker } from './sandbox-worker.ts'

export interface PoolOptions {
  readonly start: () => SandboxWorker
  /** Processes at most. One owner has half of them, so that the others need not wait for that one. */
  readonly size: number
  /** How long a process without work is kept, in milliseconds. */
  readonly idleMs: number
}

interface Waiting {
  readonly owner: string
  readonly wake: () => void
}

/** Processes for errands: started when needed, kept for the next, ended when nothing came for a while. */
export function createWorkerPool({ start, size, idleMs }: PoolOptions) {
  const share = Math.ceil(size / 2)
  const idle: { readonly worker: SandboxWorker; readonly timer: NodeJS.Timeout }[] = []
  const busy = new Map<SandboxWorker, string>()
  const waiting: Waiting[] = []
  let isClosed = false

  const mayTake = (owner: string): boolean =>
    busy.size < size && [...busy.values()].filter((other) => other === owner).length < share

  function take(owner: string): SandboxWorker | undefined {
    if (!mayTake(owner)) return undefined
    for (let kept = idle.pop(); kept; kept = idle.pop()) {
      clearTimeout(kept.timer)
      if (kept.worker.isFit()) return kept.worker
    }
    return start()
  }

  function give(worker: SandboxWorker): void {
    busy.delete(worker)
    if (worker.isFit() && !isClosed) {
      const timer = setTimeout(() => {
        idle.splice(
          idle.findIndex((kept) => kept.worker === worker),
          1,
        )
        worker.end()
      }, idleMs)
      timer.unref()
      idle.push({ worker, timer })
    } else worker.end()
    const next = waiting.findIndex(({ owner }) => mayTake(owner))
    if (next !== -1) waiting.splice(next, 1)[0]?.wake()
  }

  return {
    /** Waits for a process and does the errand there. @throws the signal's reason */
    async perform(errand: Errand, owner: string, signal: AbortSignal): Promise<Outcome> {
      let worker = isClosed ? undefined : take(owner)
      while (!worker) {
        if (isClosed) throw new Error('The sandbox is closed.')
        await turn(waiting, owner, signal)
        worker = take(owner)
      }
      busy.set(worker, owner)
      try {
        return await worker.perform(errand, signal)
      } finally {
        give(worker)
      }
    },
    close(): void {
      isClosed = true
      for (const { worker, timer } of idle.splice(0)) {
        clearTimeout(timer)
        worker.end()
      }
      for (const worker of busy.keys()) worker.end()
      for (const { wake } of waiting.splice(0)) wake()
    },
  }
}

/** Resolves when it is this one's turn. @throws the signal's reason */
function turn(waiting: Waiting[], owner: string, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const entry: Waiting = { owner, wake: resolve }
  const onAbort = () => {
    const at = waiting.indexOf(entry)
    if (at !== -1) waiting.splice(at, 1)
    reject(signal.reason)
  }
  waiting.push(entry)
  signal.addEventListener('abort', onAbort, { once: true })
  return promise.finally(() => signal.removeEventListener('abort', onAbort))
}
