import { ClientError } from '@runnel/client'
import { listFlowEvents } from '@runnel/protocol/flow-changes'
import { client } from '../../api/client.ts'
import type { HeardSave } from './flow-sync.ts'

const EVERY_MS = 2000
const AFTER_FAILURE_MS = 10_000
/** The server tells what happened within a minute; whoever has not asked for nearly as long may have missed a save. */
const MISSED_AFTER_MS = 45_000

export interface WatchOptions {
  readonly flowId: string
  /** Whether the server has the flow; there is nothing to ask before. */
  readonly isStored: () => boolean
  readonly hear: (saved: HeardSave) => Promise<void>
  /** The server has no such flow any more for who looks at it; it is not asked again. */
  readonly onGone: () => void
}

export interface FlowWatch {
  /** Asks at once. Resolves when what there was to hear has been heard, or the server could not be asked. */
  ask(): Promise<void>
  stop(): void
}

/** Asks the server again and again who has saved a flow, as long as somebody looks at it. */
export function watchFlow({ flowId, isStored, hear, onGone }: WatchOptions): FlowWatch {
  const ended = new AbortController()
  let since = 0
  let askedAt = Date.now()
  let timer: ReturnType<typeof setTimeout> | undefined
  let asking: Promise<void> | undefined

  async function askOnce(): Promise<void> {
    let pause = EVERY_MS
    try {
      if (isStored()) {
        const asked = { params: { flow_id: flowId }, query: { since }, signal: ended.signal }
        const { events } = await client.call(listFlowEvents, asked)
        const mayHaveMissed = Date.now() - askedAt > MISSED_AFTER_MS
        askedAt = Date.now()
        since = events.at(-1)?.timestamp ?? since
        const last = events.findLast(({ type }) => type === 'flow_updated')
        if (last) await hear({ version: last.version_token, author: last.author })
        else if (mayHaveMissed) await hear({})
      }
    } catch (error) {
      if (error instanceof ClientError && error.status === 404) {
        ended.abort()
        onGone()
      }
      // The page says elsewhere that the server is away; here it is only asked less often.
      pause = AFTER_FAILURE_MS
    }
    if (!ended.signal.aborted) timer = setTimeout(() => void whenVisible(), pause)
  }

  function ask(): Promise<void> {
    clearTimeout(timer)
    asking ??= askOnce().finally(() => {
      asking = undefined
    })
    return asking
  }

  const whenVisible = async (): Promise<void> => {
    if (document.visibilityState !== 'hidden') await ask()
  }
  const onVisible = (): void => void whenVisible()
  document.addEventListener('visibilitychange', onVisible)
  timer = setTimeout(onVisible, EVERY_MS)
  return {
    ask,
    stop() {
      ended.abort()
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', onVisible)
    },
  }
}
