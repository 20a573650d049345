import type { SummaryRange } from '@runnel/protocol/monitor-summary'

/** A time cut into slots of one length; epoch milliseconds. */
export interface SummaryPeriod {
  readonly since: number
  readonly until: number
  readonly slotMs: number
}

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const SLOTS: Readonly<Record<SummaryRange, readonly [count: number, slotMs: number]>> = {
  '24h': [24, HOUR_MS],
  '7d': [7, DAY_MS],
  '30d': [30, DAY_MS],
  '90d': [90, DAY_MS],
}

/** So many whole hours or days (UTC), of which the last one is going on. */
export function periodOf(range: SummaryRange, now: number): SummaryPeriod {
  const [count, slotMs] = SLOTS[range]
  const until = (Math.floor(now / slotMs) + 1) * slotMs
  return { since: until - count * slotMs, until, slotMs }
}

/**
 * What is compared with a period at this moment: about as much time of the period before, so that both are equally
 * long. It ends with an hour.
 */
export function periodBefore({ since, until, slotMs }: SummaryPeriod, now: number): SummaryPeriod {
  const length = until - since
  const end = Math.round(Math.min(now, until) / HOUR_MS) * HOUR_MS
  return { since: since - length, until: end - length, slotMs }
}
