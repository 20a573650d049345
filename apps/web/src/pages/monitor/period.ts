export const PERIODS = ['any', 'hour', 'day', 'week', 'month'] as const
export type Period = (typeof PERIODS)[number]

const HOUR_MS = 3_600_000
const LENGTHS: Readonly<Record<Exclude<Period, 'any'>, number>> = {
  hour: HOUR_MS,
  day: 24 * HOUR_MS,
  week: 7 * 24 * HOUR_MS,
  month: 30 * 24 * HOUR_MS,
}
/** Questions of the same minute are the same question, and are answered once. */
const MINUTE_MS = 60_000

/** When a period began that ends at `now`, to the minute; undefined for any time. */
export function sinceOf(period: string, now: number): string | undefined {
  if (period !== 'hour' && period !== 'day' && period !== 'week' && period !== 'month') return undefined
  return new Date(Math.floor((now - LENGTHS[period]) / MINUTE_MS) * MINUTE_MS).toISOString()
}
