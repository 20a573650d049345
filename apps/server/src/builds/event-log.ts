/** How far a build may be ahead of its slowest reader, in bytes. */
const MAX_AHEAD_BYTES = 1_000_000
/** How much is kept for readers who come later, in bytes. A build that says more loses its beginning for them. */
const MAX_KEPT_BYTES = 16_000_000
/** The same before anybody has read: the first reader may be slow to come. */
const MAX_UNREAD_BYTES = 64_000_000

export interface EventLogOptions {
  readonly maxAheadBytes?: number
  readonly maxKeptBytes?: number
  readonly maxUnreadBytes?: number
}

/** The records of one build, written once and read by any number of readers. Records are ASCII. */
export interface EventLog {
  /** Does nothing once the log is closed. */
  append(record: string): void
  close(): void
  readonly isClosed: boolean
  /** Bytes held. */
  readonly bytes: number
  /** Readers who stream at the moment. */
  readonly readers: number
  /**
   * Resolves with true when the slowest reader has come near or the signal is aborted, with false after so long, in
   * milliseconds. Undefined when there is nothing to wait for.
   */
  room(withinMs: number, signal: AbortSignal): Promise<boolean> | undefined
  /** Every record from the beginning, then new ones as they come, to the end. Stops when the signal is aborted. */
  read(signal: AbortSignal): AsyncGenerator<string, void>
  /**
   * The records since the last poll; waits for one at most so long, in milliseconds. Pollers share one position.
   * Undefined when the end has been polled before. `fromStart`: the position is taken back to the beginning first.
   */
  poll(waitMs: number, signal: AbortSignal, fromStart?: boolean): Promise<readonly string[] | undefined>
}

/** A place in the log: the number of the next record, and the bytes before it. */
interface Position {
  next: number
  bytes: number
}

/** A log that holds back its writer while its slowest reader lags. Sizes in bytes. */
export function createEventLog(options: EventLogOptions = {}): EventLog {
  const { maxAheadBytes = MAX_AHEAD_BYTES } = options
  const { maxKeptBytes = MAX_KEPT_BYTES, maxUnreadBytes = MAX_UNREAD_BYTES } = options
  let records: string[] = []
  /** Records and bytes dropped from the front. */
  const dropped: Position = { next: 0, bytes: 0 }
  let written = 0
  let isClosed = false
  let wasRead = false
  const readers = new Set<Position>()
  let poller: Position | undefined
  let waitingForRoom = 0
  let change = Promise.withResolvers<void>()

  const wake = () => {
    const before = change
    change = Promise.withResolvers<void>()
    before.resolve()
  }

  /** Waits for what a change may bring: true when it is there or the signal is aborted, false when the time is up. */
  async function until(isThere: () => boolean, withinMs: number, signal: AbortSignal): Promise<boolean> {
    let isLate = false
    const timer = setTimeout(() => {
      isLate = true
      wake()
    }, withinMs)
    signal.addEventListener('abort', wake, { once: true })
    try {
      while (!isThere() && !isLate && !signal.aborted) await change.promise
      return isThere() || signal.aborted
    } finally {
      clearTimeout(timer)
      signal.removeEventListener('abort', wake)
    }
  }

  /** Whoever sets the pace: those who stream, else the one who polls. */
  const pacing = (): readonly Position[] => (readers.size > 0 ? [...readers] : poller ? [poller] : [])
  const isFarAhead = () => !isClosed && pacing().some(({ bytes }) => written - bytes > maxAheadBytes)

  /** Drops the oldest quarter at once, so that a long build does not do it with every record. */
  function trim(): void {
    const mostBytes = wasRead ? maxKeptBytes : maxUnreadBytes
    if (written - dropped.bytes <= mostBytes) return
    const needed = Math.min(written, ...pacing().map(({ bytes }) => bytes))
    let count = 0
    while (count < records.length - 1 && dropped.bytes < needed && written - dropped.bytes > mostBytes * 0.75) {
      dropped.bytes += records[count]?.length ?? 0
      count++
    }
    dropped.next += count
    records = records.slice(count)
  }

  const recordAt = ({ next }: Position) => records[next - dropped.next]

  function advance(position: Position, record: string): void {
    position.next++
    position.bytes += record.length
    if (waitingForRoom > 0 && !isFarAhead()) wake()
  }

  /** Who has fallen behind what is kept goes on with the first record that is. */
  const catchUp = (position: Position): void => {
    if (position.next < dropped.next) Object.assign(position, dropped)
  }

  return {
    append(record) {
      if (isClosed) return
      records.push(record)
      written += record.length
      trim()
      wake()
    },
    close() {
      isClosed = true
      wake()
    },
    get isClosed() {
      return isClosed
    },
    get bytes() {
      return written - dropped.bytes
    },
    get readers() {
      return readers.size
    },
    room(withinMs, signal) {
      if (!isFarAhead()) return undefined
      waitingForRoom++
      return until(() => !isFarAhead(), withinMs, signal).finally(() => {
        waitingForRoom--
      })
    },
    async *read(signal) {
      wasRead = true
      const position: Position = { ...dropped }
      readers.add(position)
      signal.addEventListener('abort', wake, { once: true })
      try {
        while (!signal.aborted) {
          const record = recordAt(position)
          if (record === undefined) {
            if (isClosed) return
            await change.promise
            continue
          }
          yield record
          advance(position, record)
        }
      } finally {
        signal.removeEventListener('abort', wake)
        readers.delete(position)
        wake()
      }
    },
    async poll(waitMs, signal, fromStart = false) {
      wasRead = true
      if (fromStart || !poller) poller = { ...dropped }
      catchUp(poller)
      if (recordAt(poller) === undefined && isClosed) return undefined
      const position = poller
      await until(() => recordAt(position) !== undefined || isClosed, waitMs, signal)
      if (signal.aborted) return []
      catchUp(poller)
      const taken = records.slice(poller.next - dropped.next)
      poller.next += taken.length
      poller.bytes = written
      wake()
      return taken
    },
  }
}
