import { ClientError } from '@runnel/client'
import { followLogs, readLogs } from '@runnel/protocol/logs'
import { useEffect, useState } from 'react'
import { client } from '../../api/client.ts'
import { createRecordReader, KEPT_LINES, type LogLine, readRecord } from './log-lines.ts'

const BACKFILL = 500
const FIRST_WAIT_MS = 1000
const LONGEST_WAIT_MS = 30_000
/** Lines are shown at most this often, however many come. */
const SHOW_MS = 200

export interface Log {
  readonly lines: readonly LogLine[]
  readonly state: 'connecting' | 'live' | 'off' | 'away'
}

/** The server's log: what it has kept, then what it says from now on. Comes back after a break. */
export function useLog(): Log {
  const [log, setLog] = useState<Log>({ lines: [], state: 'connecting' })
  useEffect(() => {
    const abort = new AbortController()
    let waiting: LogLine[] = []
    const show = setInterval(() => {
      if (waiting.length === 0) return
      const fresh = waiting
      waiting = []
      setLog(({ lines, state }) => ({ state, lines: [...lines, ...fresh].slice(-KEPT_LINES) }))
    }, SHOW_MS)
    const be = (state: Log['state']): void => setLog(({ lines }) => ({ lines, state }))
    let lastTime = 0
    const take = (lines: readonly LogLine[]): void => {
      waiting.push(...lines)
      lastTime = lines.at(-1)?.time ?? lastTime
    }

    async function follow(): Promise<void> {
      const query = lastTime === 0 ? { lines_before: BACKFILL } : { lines_after: BACKFILL, timestamp: lastTime }
      take(readRecord(await client.call(readLogs, { query, signal: abort.signal })))
      const response = await client.request(followLogs, { signal: abort.signal })
      if (!response.ok || !response.body) throw new Error(`The server answered ${response.status}`)
      be('live')
      const read = createRecordReader()
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
      for (let part = await reader.read(); !part.done; part = await reader.read()) take(read(part.value))
    }

    async function run(): Promise<void> {
      for (let waitMs = FIRST_WAIT_MS; !abort.signal.aborted; waitMs = Math.min(LONGEST_WAIT_MS, waitMs * 2)) {
        const begun = Date.now()
        try {
          await follow()
        } catch (error) {
          if (abort.signal.aborted) return
          if (error instanceof ClientError && error.status < 502) return be('off')
        }
        be('away')
        if (Date.now() - begun > LONGEST_WAIT_MS) waitMs = FIRST_WAIT_MS
        await new Promise((resolve) => setTimeout(resolve, waitMs))
      }
    }
    void run()
    return () => {
      abort.abort()
      clearInterval(show)
    }
  }, [])
  return log
}
