import type { UsageRow } from '@runnel/protocol/usage'

const DAY_MS = 86_400_000

/** One day of a chart. */
export interface UsageDay {
  /** `2026-01-31`, UTC. */
  readonly day: string
  /** Undefined on a day without calls. */
  readonly row: UsageRow | undefined
}

/** Every day of a period, also those nobody called on. */
export function everyDay(rows: readonly UsageRow[], from: string, to: string): readonly UsageDay[] {
  const byDay = new Map(rows.map((row) => [row.day, row]))
  const length = Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1
  return Array.from({ length: Math.max(0, length) }, (_, index) => {
    const day = new Date(Date.parse(from) + index * DAY_MS).toISOString().slice(0, 10)
    return { day, row: byDay.get(day) }
  })
}

/** The first of so many days that end today, UTC. */
export const firstDay = (days: number, now: number): string =>
  new Date(now - (days - 1) * DAY_MS).toISOString().slice(0, 10)
