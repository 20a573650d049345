import { messageOf } from '@runnel/protocol/errors'
import { bucketOf, NO_BUCKET } from '@runnel/storage/duration-buckets'
import type { Storage } from '@runnel/storage/open-storage'
import type { UsageRecord } from '@runnel/storage/run-records'
import type { Log } from '../log.ts'

/** One call of a flow. */
export interface CountedCall {
  /** Owner of the flow. */
  readonly userId: string
  readonly flowId: string
  /** Null for a call without a key. */
  readonly keyId: string | null
  readonly outcome: 'done' | 'failed' | 'refused' | 'limited' | 'cached'
  /** Milliseconds; of calls that ran. */
  readonly durationMs?: number
  readonly inputTokens?: number
  readonly outputTokens?: number
  /** In billionths of a US dollar; null when of none of its models the price is known. */
  readonly cost?: number | null
  readonly unpricedTokens?: number
}

export interface UsageRecorder {
  /** Counts a call, without waiting for the disk: it is written within a second. */
  count(call: CountedCall): void
  /** Resolves when all that was counted is written. */
  flush(): Promise<void>
}

export interface UsageRecorderOptions {
  readonly storage: Pick<Storage, 'usage'>
  readonly log: Log
  /** Epoch milliseconds. */
  readonly now: () => number
}

const FLUSH_MS = 1000
/** Sums kept when the store cannot be written for long; the newest are dropped then. */
const MOST_WAITING = 50_000

/** Sums calls up in memory and adds the sums to the store: a call costs a few additions, not a row. */
export function createUsageRecorder({ storage, log, now }: UsageRecorderOptions): UsageRecorder {
  let sums = new Map<string, Mutable<UsageRecord>>()
  let timer: NodeJS.Timeout | undefined
  let writing: Promise<void> = Promise.resolve()
  let day = { from: 0, to: 0, name: '' }

  function dayOf(at: number): string {
    if (at < day.from || at >= day.to) {
      const name = new Date(at).toISOString().slice(0, 10)
      const from = Date.parse(name)
      day = { from, to: from + 86_400_000, name }
    }
    return day.name
  }

  async function write(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    const taken = sums
    if (taken.size === 0) return
    sums = new Map()
    try {
      await storage.usage.add([...taken.values()])
    } catch (error) {
      log.error('usage was not written', { error: messageOf(error) })
      for (const [key, record] of taken) {
        const newer = sums.get(key)
        if (newer) addTo(newer, record)
        else if (sums.size < MOST_WAITING) sums.set(key, record)
      }
      schedule()
    }
  }
  const flush = (): Promise<void> => {
    writing = writing.then(write)
    return writing
  }
  function schedule(): void {
    timer ??= setTimeout(() => void flush(), FLUSH_MS).unref()
  }

  return {
    count({ userId, flowId, keyId, outcome, durationMs, ...spent }) {
      const at = now()
      const today = dayOf(at)
      const bucket = durationMs === undefined ? NO_BUCKET : bucketOf(durationMs)
      const isCall = outcome !== 'limited'
      const record: UsageRecord = {
        userId,
        day: today,
        flowId,
        keyId: keyId ?? '',
        bucket,
        calls: isCall ? 1 : 0,
        errors: outcome === 'failed' || outcome === 'refused' ? 1 : 0,
        limited: isCall ? 0 : 1,
        cached: outcome === 'cached' ? 1 : 0,
        inputTokens: spent.inputTokens ?? 0,
        outputTokens: spent.outputTokens ?? 0,
        cost: spent.cost ?? null,
        unpricedTokens: spent.unpricedTokens ?? 0,
        lastAt: at,
      }
      const key = `${today} ${flowId} ${record.keyId} ${bucket}`
      const sum = sums.get(key)
      if (sum) addTo(sum, record)
      else if (sums.size < MOST_WAITING) sums.set(key, record)
      schedule()
    },
    flush,
  }
}

type Mutable<Item> = { -readonly [Key in keyof Item]: Item[Key] }

function addTo(sum: Mutable<UsageRecord>, record: UsageRecord): void {
  sum.calls += record.calls
  sum.errors += record.errors
  sum.limited += record.limited
  sum.cached += record.cached
  sum.inputTokens += record.inputTokens
  sum.outputTokens += record.outputTokens
  if (record.cost !== null) sum.cost = (sum.cost ?? 0) + record.cost
  sum.unpricedTokens += record.unpricedTokens
  sum.lastAt = Math.max(sum.lastAt, record.lastAt)
}
