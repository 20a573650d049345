import type { Errand, Outcome, SandboxWorker } from './sandbox-worker.ts'

export interface PoolOptions {
  readonly start: () => SandboxWorker
  /** Processes at most. */
  readonly size: number
  /** How long a process without work is kept, in milliseconds. */
  readonly idleMs: number
}

/** Processes for errands: started when needed, kept for the next, ended when nothing came for a while. */
export function createWorkerPool({ start, size, idleMs }: PoolOptions) {
  const idle: { readonly worker: SandboxWorker; readonly timer: NodeJS.Timeout }[] = []
  const busy = new Set<SandboxWorker>()
  const waiting: (() => void)[] = []
  let isClosed = false

  function take(): SandboxWorker | undefined {
    for (let kept = idle.pop(); kept; kept = idle.pop()) {
      clearTimeout(kept.timer)
      if (kept.worker.isFit()) return kept.worker
    }
    return busy.size < size ? start() : undefined
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
    waiting.shift()?.()
  }

  return {
    /** Waits for a process and does the errand there. @throws the signal's reason */
    async perform(errand: Errand, signal: AbortSignal): Promise<Outcome> {
      let worker = isClosed ? undefined : take()
      while (!worker) {
        if (isClosed) throw new Error('The sandbox is closed.')
        await turn(waiting, signal)
        worker = take()
      }
      busy.add(worker)
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
      for (const worker of busy) worker.end()
      for (const wake of waiting.splice(0)) wake()
    },
  }
}

/** Resolves when it is this one's turn. @throws the signal's reason */
function turn(waiting: (() => void)[], signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const onAbort = () => {
    const at = waiting.indexOf(resolve)
    if (at !== -1) waiting.splice(at, 1)
    reject(signal.reason)
  }
  waiting.push(resolve)
  signal.addEventListener('abort', onAbort, { once: true })
  return promise.finally(() => signal.removeEventListener('abort', onAbort))
}
