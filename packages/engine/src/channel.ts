/** A queue from many writers to one reader. */
export interface Channel<T> {
  write(item: T): void
  /** Ends the reading once what was written is read; with an error, by throwing it. */
  close(error?: unknown): void
  /** Resolves when the reader has caught up; at once while little is waiting. */
  drained(): Promise<void> | undefined
  read(): AsyncGenerator<T, void>
}

const HIGH_WATER = 64

/** A channel; writers that may outrun the reader wait for `drained`. */
export function createChannel<T>(): Channel<T> {
  let queue: T[] = []
  let closed = false
  let failure: unknown
  let wakeReader: (() => void) | undefined
  let drain: { promise: Promise<void>; resolve: () => void } | undefined
  const wake = () => {
    wakeReader?.()
    wakeReader = undefined
  }
  return {
    write(item) {
      if (closed) return
      queue.push(item)
      wake()
    },
    close(error) {
      if (closed) return
      closed = true
      failure = error
      wake()
      drain?.resolve()
    },
    drained() {
      if (queue.length < HIGH_WATER || closed) return undefined
      drain ??= Promise.withResolvers<void>()
      return drain.promise
    },
    async *read() {
      try {
        for (;;) {
          const batch = queue
          queue = []
          for (const item of batch) yield item
          if (queue.length > 0) continue
          drain?.resolve()
          drain = undefined
          if (closed) break
          await new Promise<void>((resolve) => {
            wakeReader = resolve
          })
        }
        if (failure !== undefined) throw failure
      } finally {
        closed = true
        drain?.resolve()
      }
    },
  }
}
