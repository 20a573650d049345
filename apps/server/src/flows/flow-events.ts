import { AppError } from '@runnel/protocol/errors'
import type { FlowEvent } from '@runnel/protocol/flow-changes'
import type { FlowVersion } from '@runnel/storage/flow-repository'

const KEPT_MS = 60_000
const MOST_PER_FLOW = 1000
const MOST_FLOWS = 1000
const SETTLED_AFTER_MS = 10_000

/** What is being done to flows, for those who have them open: kept for a minute, in memory. */
export interface FlowEvents {
  note(flow: { readonly id: string; readonly version?: number }, event: Omit<FlowEvent, 'timestamp'>): FlowEvent
  /** Events after `since` (epoch seconds), oldest first. @throws AppError `flow_id_not_found` */
  list(
    userId: string,
    flowId: string,
    since: number,
  ): Promise<{ readonly events: readonly FlowEvent[]; readonly settled: boolean }>
}

interface Kept {
  readonly events: readonly FlowEvent[]
  /** The version of the stored flow these events lead to; undefined before anybody has asked. */
  readonly version: number | undefined
}

export interface FlowEventsOptions {
  readonly version: (userId: string, flowId: string) => Promise<FlowVersion | undefined>
  /** Epoch milliseconds. */
  readonly now: () => number
}

/** Keeps what happened to flows lately, in memory. */
export function createFlowEvents({ version, now }: FlowEventsOptions): FlowEvents {
  /** The flow that was touched last stands last. */
  const flows = new Map<string, Kept>()

  function keep(id: string, { events, version }: Kept): void {
    const oldest = now() - KEPT_MS
    flows.delete(id)
    flows.set(id, { version, events: events.filter((one) => one.timestamp * 1000 > oldest).slice(-MOST_PER_FLOW) })
    const [first] = flows.keys()
    if (flows.size > MOST_FLOWS && first !== undefined) flows.delete(first)
  }

  function note(flow: { readonly id: string; readonly version?: number }, given: Omit<FlowEvent, 'timestamp'>) {
    const event = { ...given, timestamp: now() / 1000 }
    const kept = flows.get(flow.id)
    keep(flow.id, { events: [...(kept?.events ?? []), event], version: flow.version ?? kept?.version })
    return event
  }

  return {
    note,
    async list(userId, flowId, since) {
      const stored = await version(userId, flowId)
      if (stored?.id !== flowId) throw new AppError('flow_id_not_found')
      const known = flows.get(flowId)?.version
      // Another process on the same database has written.
      if (known !== undefined && stored.version > known) {
        note(stored, { type: 'flow_updated', summary: 'The flow was saved' })
      } else keep(flowId, { events: flows.get(flowId)?.events ?? [], version: stored.version })
      const events = flows.get(flowId)?.events ?? []
      const last = events.at(-1)
      return {
        events: events.filter(({ timestamp }) => timestamp > since),
        settled: !last || last.type === 'flow_settled' || now() - last.timestamp * 1000 > SETTLED_AFTER_MS,
      }
    },
  }
}
