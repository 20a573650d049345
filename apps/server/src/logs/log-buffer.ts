/** A line the server logged, under the epoch millisecond it is known by: no two lines share one. */
export interface LogLine {
  readonly time: number
  readonly text: string
}

export interface LogBuffer {
  /** Lines kept; 0: none are. */
  readonly size: number
  add(text: string): void
  /** The last `count` lines, or those at `time` and before; oldest first. */
  before(count: number, time?: number): readonly LogLine[]
  /** The first `count` lines at `time` and after; oldest first. */
  after(count: number, time: number): readonly LogLine[]
  /** Tells of every line from now on. Gives the way to end that. */
  subscribe(hear: (line: LogLine) => void): () => void
}

/** Characters of a line that are kept. */
const LONGEST_LINE = 10_000

/** The newest lines of the server's log; older ones make room. */
export function createLogBuffer(size: number, now: () => number): LogBuffer {
  const ring: LogLine[] = []
  const listeners = new Set<(line: LogLine) => void>()
  /** Where the oldest line stands. */
  let start = 0
  let lastTime = 0

  const at = (index: number): LogLine | undefined => ring[(start + index) % ring.length]

  /** How many lines are older than `time`: they stand in its order. */
  function olderThan(time: number): number {
    let low = 0
    let high = ring.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((at(middle)?.time ?? 0) < time) low = middle + 1
      else high = middle
    }
    return low
  }

  function slice(from: number, to: number): readonly LogLine[] {
    const lines: LogLine[] = []
    for (let index = Math.max(0, from); index < Math.min(to, ring.length); index++) {
      const line = at(index)
      if (line) lines.push(line)
    }
    return lines
  }

  return {
    size,
    add(text) {
      if (size <= 0) return
      lastTime = Math.max(now(), lastTime + 1)
      const line = { time: lastTime, text: text.slice(0, LONGEST_LINE) }
      if (ring.length < size) ring.push(line)
      else {
        ring[start] = line
        start = (start + 1) % size
      }
      for (const hear of listeners) hear(line)
    },
    before(count, time) {
      const end = time === undefined ? ring.length : olderThan(time + 1)
      return slice(end - count, end)
    },
    after(count, time) {
      const first = olderThan(time)
      return slice(first, first + count)
    },
    subscribe(hear) {
      listeners.add(hear)
      return () => void listeners.delete(hear)
    },
  }
}
