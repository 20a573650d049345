import { AppError } from '@runnel/protocol/errors'
import type { Services } from '../services.ts'

/** How often is looked, in milliseconds, while anybody waits. */
const LOOK_MS = 1000

/** Waits beside the visitors of public flows for what ends their visit. */
export interface PublicWatch {
  /**
   * The records of an answer: one that says nothing, and the end as soon as the flow is not public any more, its reader
   * has left, or the server is about to stop.
   * @throws AppError `flow_not_public`
   */
  follow(flowId: string, signal: AbortSignal): AsyncGenerator<string, void>
}

/**
 * Looks for all visitors at once, however many they are: one question for each look. The database is asked, since
 * another process may be the one that writes.
 */
export function createPublicWatch({
  storage,
  lifecycle,
  log,
}: Pick<Services, 'storage' | 'lifecycle' | 'log'>): PublicWatch {
  /** What ends the waiting of the visitors of each flow. */
  const waiting = new Map<string, Set<() => void>>()
  let isToLook = false

  async function look(): Promise<void> {
    const flowIds = [...waiting.keys()]
    const open = lifecycle.isDraining ? undefined : await storage.flows.publicAmong(flowIds)
    for (const flowId of flowIds) {
      if (open?.has(flowId)) continue
      for (const end of waiting.get(flowId) ?? []) end()
    }
  }

  function lookSoon(): void {
    if (isToLook || waiting.size === 0) return
    isToLook = true
    setTimeout(async () => {
      // A database that does not answer says nothing of the flow: its visitors stay.
      await look().catch((error) => log.warn('public flows could not be looked at', { error }))
      isToLook = false
      lookSoon()
    }, LOOK_MS).unref()
  }

  function ended(flowId: string, signal: AbortSignal): Promise<void> {
    const ends = waiting.get(flowId) ?? new Set()
    waiting.set(flowId, ends)
    lookSoon()
    return new Promise((resolve) => {
      const end = (): void => {
        signal.removeEventListener('abort', end)
        ends.delete(end)
        if (ends.size === 0) waiting.delete(flowId)
        resolve()
      }
      ends.add(end)
      signal.addEventListener('abort', end)
    })
  }

  return {
    async *follow(flowId, signal) {
      if (!(await storage.flows.publicAmong([flowId])).has(flowId)) throw new AppError('flow_not_public')
      yield '\n'
      if (!signal.aborted) await ended(flowId, signal)
    },
  }
}
