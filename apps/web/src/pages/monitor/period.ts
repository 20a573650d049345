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

/** The time a list is of: the days somebody chose, in the zone of the reader, else the period. */
export function timeOfFilter(
  { period, from, to }: { readonly period: string; readonly from: string; readonly to: string },
  now: number,
): { readonly since?: string; readonly until?: string } {
  const [since, until] = [momentOf(from, '00:00:00'), momentOf(to, '23:59:59.999')]
  const ofPeriod = since === undefined && until === undefined ? sinceOf(period, now) : since
  return { ...(ofPeriod && { since: ofPeriod }), ...(until && { until }) }
}

/** Undefined for what is no day. */
function momentOf(day: string, time: string): string | undefined {
  const moment = new Date(`${day}T${time}`)
  return Number.isNaN(moment.getTime()) ? undefined : moment.toISOString()
}
