import { timeZone } from '../app/time-zone.ts'

/** `Nov 21, 21:05:11`, as a new session is called. */
export const momentOf = (at: number, language: string): string =>
  new Intl.DateTimeFormat(language, {
    month: 'short',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hour12: false,
    timeZone: timeZone(),
  }).format(at)

/** The day a moment is of, for the line between days. */
export const dayOf = (at: number, language: string): string =>
  new Intl.DateTimeFormat(language, { dateStyle: 'full', timeZone: timeZone() }).format(at)

export type Age = 'today' | 'yesterday' | 'week' | 'older'

const DAY_MS = 86_400_000

/** How long ago the day of a moment is. @param zone whose days are meant */
export function ageOf(at: number, now: number, zone = timeZone()): Age {
  // Swedes write a date as it is read again.
  const dates = new Intl.DateTimeFormat('sv', { dateStyle: 'short', timeZone: zone })
  const days = (Date.parse(dates.format(now)) - Date.parse(dates.format(at))) / DAY_MS
  if (days <= 0) return 'today'
  if (days === 1) return 'yesterday'
  return days < 7 ? 'week' : 'older'
}
