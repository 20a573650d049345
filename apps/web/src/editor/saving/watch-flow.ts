import { listFlowEvents } from '@runnel/protocol/flow-changes'
import { client } from '../../api/client.ts'
import type { HeardSave } from './flow-sync.ts'

const EVERY_MS = 2000
const AFTER_FAILURE_MS = 10_000

export interface WatchOptions {
  readonly flowId: string
  /** Whether the server has the flow; there is nothing to ask before. */
  readonly isStored: () => boolean
  readonly hear: (saved: HeardSave) => void
}

/** Asks the server again and again who has saved a flow, as long as somebody looks at it (W-136). @returns ends it */
export function watchFlow({ flowId, isStored, hear }: WatchOptions): () => void {
  const ended = new AbortController()
  let since = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let isAsking = false

  async function ask(): Promise<void> {
    clearTimeout(timer)
    if (isAsking || document.visibilityState === 'hidden') return
    isAsking = true
    let pause = EVERY_MS
    try {
      if (isStored()) {
        const asked = { params: { flow_id: flowId }, query: { since }, signal: ended.signal }
        const { events } = await client.call(listFlowEvents, asked)
        since = events.at(-1)?.timestamp ?? since
        const last = events.findLast(({ type }) => type === 'flow_updated')
        if (last) hear({ version: last.version_token, author: last.author })
      }
    } catch {
      // The page says elsewhere that the server is away; here it is only asked less often.
      pause = AFTER_FAILURE_MS
    }
    isAsking = false
    if (!ended.signal.aborted) timer = setTimeout(() => void ask(), pause)
  }

  const onVisible = (): void => void ask()
  document.addEventListener('visibilitychange', onVisible)
  timer = setTimeout(() => void ask(), EVERY_MS)
  return () => {
    ended.abort()
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', onVisible)
  }
}
