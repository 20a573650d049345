/** A queue from many writers to one reader. */
export interface Channel<T> {
  write(item: T): void
  /** Ends the reading once what was written is read; with an error, by throwing it. */
  close(error?: unknown): void
  /** Resolves when the reader has caught up; at once while little is waiting. */
  drained(): Promise<void> | undefined
  /** All that waits, or else what comes next; undefined at the end. To be called again when that has been dealt with. */
  read(): Promise<readonly T[] | undefined>
}

/** What a channel gives, one by one; it is closed when the reader leaves. */
export async function* itemsOf<T>(channel: Channel<T>): AsyncGenerator<T, void> {
  try {
    for (let batch = await channel.read(); batch; batch = await channel.read()) yield* batch
  } finally {
    channel.close()
  }
}

const HIGH_WATER = 64

/**
 * A channel; writers that may outrun the reader wait for `drained`. It is read by calls and not by a generator: a
 * generator function made for each channel leaves behind a hidden class, which V8 frees rarely, and with it all that
 * the function can see. Every run would live on until then.
 */
export function createChannel<T>(): Channel<T> {
  let queue: T[] = []
  let closed = false
  let failure: unknown
  let wakeReader: (() => void) | undefined
  let drain: PromiseWithResolvers<void> | undefined
  const wake = () => {
    wakeReader?.()
    wakeReader = undefined
  }
  const release = () => {
    drain?.resolve()
    drain = undefined
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
      release()
    },
    drained() {
      if (queue.length < HIGH_WATER || closed) return undefined
      drain ??= Promise.withResolvers<void>()
      return drain.promise
    },
    async read() {
      while (queue.length === 0) {
        if (failure !== undefined) throw failure
        if (closed) return undefined
        release()
        await new Promise<void>((resolve) => {
          wakeReader = resolve
        })
      }
      const batch = queue
      queue = []
      return batch
    },
  }
}
