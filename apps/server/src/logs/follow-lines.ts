import type { LogBuffer } from './log-buffer.ts'

const KEEP_ALIVE = 'keepalive\n\n'
/** How often a stream without lines looks whether it is over, in milliseconds. */
const LOOK_MS = 1000
/** Lines that wait for a slow reader; older ones are lost to it. */
const MOST_WAITING = 1000

export interface FollowOptions {
  /** Aborted when the reader has left. */
  readonly signal: AbortSignal
  /** Whether the server is about to stop. */
  readonly isOver: () => boolean
  /** A sign of life is sent after so many milliseconds without a line. */
  readonly keepAliveMs?: number
}

/** The records of a log stream: lines from now on, and a sign of life at once and whenever it is quiet. */
export async function* followLines(
  lines: Pick<LogBuffer, 'subscribe'>,
  { signal, isOver, keepAliveMs = 5000 }: FollowOptions,
): AsyncGenerator<string, void> {
  const waiting: string[] = []
  let wake = () => {}
  const unsubscribe = lines.subscribe(({ time, text }) => {
    waiting.push(`${JSON.stringify({ [String(time)]: text })}\n\n`)
    if (waiting.length > MOST_WAITING) waiting.shift()
    wake()
  })
  const onAbort = () => wake()
  signal.addEventListener('abort', onAbort)
  try {
    yield KEEP_ALIVE
    let quietSince = performance.now()
    while (!signal.aborted && !isOver()) {
      if (waiting.length > 0) yield waiting.splice(0).join('')
      else if (performance.now() - quietSince >= keepAliveMs) yield KEEP_ALIVE
      else {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, Math.min(LOOK_MS, keepAliveMs))
          wake = () => {
            clearTimeout(timer)
            resolve()
          }
        })
        continue
      }
      quietSince = performance.now()
    }
  } finally {
    signal.removeEventListener('abort', onAbort)
    unsubscribe()
  }
}
