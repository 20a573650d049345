import { deleteFlows } from '@runnel/protocol/flows'
import { create } from 'zustand'
import { client, request } from '../api/client.ts'

/** As long as the notice with its Undo is to be seen, and a moment more. */
const GRACE_MS = 6500

interface Waiting {
  readonly ids: readonly string[]
  readonly timer: ReturnType<typeof setTimeout>
  readonly send: () => void
}

let waiting: readonly Waiting[] = []

/** Flows the user has deleted that the server still has: they are shown nowhere, and can come back whole. */
export const useRemovedFlows = create<{ readonly ids: ReadonlySet<string> }>(() => ({ ids: new Set() }))

const show = (ids: readonly string[]): void =>
  useRemovedFlows.setState((before) => ({ ids: new Set([...before.ids].filter((id) => !ids.includes(id))) }))

export interface Removal {
  /** Told when the server has deleted them. */
  readonly onGone: () => void
  readonly onFail: (error: unknown) => void
}

/** Hides flows at once and deletes them a few seconds later. @returns how to take it back, until then */
export function removeFlows(ids: readonly string[], { onGone, onFail }: Removal): () => void {
  useRemovedFlows.setState((before) => ({ ids: new Set([...before.ids, ...ids]) }))
  const drop = (): void => {
    clearTimeout(entry.timer)
    waiting = waiting.filter((one) => one !== entry)
  }
  const send = (): void => {
    drop()
    client
      .call(deleteFlows, { body: [...ids] })
      .then(onGone, onFail)
      .finally(() => show(ids))
  }
  const entry: Waiting = { ids, send, timer: setTimeout(send, GRACE_MS) }
  waiting = [...waiting, entry]
  return () => {
    drop()
    show(ids)
  }
}

/** Deletes what is still waiting, without leaving time for an answer: the page goes away. */
function deleteNow(): void {
  for (const { ids, timer } of waiting) {
    clearTimeout(timer)
    void request(location.origin + deleteFlows.path, {
      method: deleteFlows.method,
      keepalive: true,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(ids),
    })
  }
  waiting = []
}

if (typeof addEventListener === 'function') addEventListener('pagehide', deleteNow)
