import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { timeZone } from '../app/time-zone.ts'

const UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
]
const WEEK_MS = 7 * 86_400_000

/** Epoch milliseconds of what the server writes; times without a zone are UTC. */
export const timeOf = (text: string): number =>
  Date.parse(/(?:Z|UTC|[+-]\d\d:?\d\d)$/.test(text) ? text.replace(/ ?UTC$/, 'Z').replace(' ', 'T') : `${text}Z`)

/** Making a formatter takes far longer than using it, and a list shows hundreds of times. */
function cached<Format>(make: (language: string, zone: string) => Format): (language: string) => Format {
  const made = new Map<string, Format>()
  return (language) => {
    const zone = timeZone()
    const key = `${language} ${zone}`
    const format = made.get(key) ?? make(language, zone)
    made.set(key, format)
    return format
  }
}
const dateFormat = cached(
  (language, zone) => new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: zone }),
)
const momentFormat = cached(
  (language, zone) => new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium', timeZone: zone }),
)
const clockFormat = cached(
  (language, zone) => new Intl.DateTimeFormat(language, { timeStyle: 'medium', timeZone: zone }),
)
const relativeFormat = cached((language) => new Intl.RelativeTimeFormat(language, { numeric: 'auto' }))

/** "3 minutes ago" within a week, else the date. */
export function relativeTime(at: number, now: number, language: string): string {
  const ago = at - now
  if (Math.abs(ago) >= WEEK_MS) return dateFormat(language).format(at)
  const [unit, ms] = UNITS.find(([, size]) => Math.abs(ago) >= size) ?? (['second', 1000] as const)
  return relativeFormat(language).format(Math.round(ago / ms), unit)
}

/** Date and time to the second, in the zone the user chose. */
export const absoluteTime = (at: number, language: string): string => momentFormat(language).format(at)

/** Time of the day to the second, in the zone the user chose. */
export const clockTime = (at: number, language: string): string => clockFormat(language).format(at)

export interface TimeProps {
  /** As the server writes it. */
  readonly at: string | null | undefined
  /** Date and time instead of "3 minutes ago". */
  readonly exact?: boolean
}

/** A moment: how long ago, and on hover when exactly. */
export function Time({ at, exact }: TimeProps): ReactNode {
  const { i18n } = useTranslation('common')
  const time = at ? timeOf(at) : Number.NaN
  if (Number.isNaN(time)) return '–'
  const full = absoluteTime(time, i18n.language)
  return (
    <time dateTime={new Date(time).toISOString()} title={full} className="whitespace-nowrap">
      {exact ? full : relativeTime(time, Date.now(), i18n.language)}
    </time>
  )
}
