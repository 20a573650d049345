import type { AlertFinding } from '@runnel/storage/alert-repository'
import type { AlertEventRecord, AlertRecord } from '@runnel/storage/records'
import type { RunFigures } from '@runnel/storage/run-figures'

const MINUTE_MS = 60_000

/** How far back an alert looks, in milliseconds. */
export const windowMs: Readonly<Record<AlertRecord['period'], number>> = {
  '15m': 15 * MINUTE_MS,
  '1h': 60 * MINUTE_MS,
  '24h': 24 * 60 * MINUTE_MS,
  '7d': 7 * 24 * 60 * MINUTE_MS,
}

const NANODOLLARS = 1_000_000_000

/** Percent, seconds, US dollars or runs; null when there is nothing to measure. */
export function measured(measure: AlertRecord['measure'], figures: RunFigures): number | null {
  switch (measure) {
    case 'error_rate':
      return figures.ended === 0 ? null : (100 * figures.failed) / figures.ended
    case 'latency':
      return figures.p95Ms === null ? null : figures.p95Ms / 1000
    case 'spend':
      return figures.cost / NANODOLLARS
    case 'no_runs':
      return figures.begun
    default:
      return measure satisfies never
  }
}

export interface Verdict {
  readonly finding: AlertFinding
  /** What is to be told; undefined when the alert stays as it is. */
  readonly change?: AlertEventRecord['kind']
}

/** What figures mean for an alert: it changes its state once when its bound is crossed, and once when it is not any more. */
export function judge(alert: AlertRecord, figures: RunFigures, now: number): Verdict {
  const value = measured(alert.measure, figures)
  const isCrossed = alert.measure === 'no_runs' ? value === 0 : value !== null && value >= alert.threshold
  const state = isCrossed ? 'firing' : 'ok'
  if (state === alert.state) return { finding: { state, since: alert.since, value, checkedAt: now } }
  return { finding: { state, since: now, value, checkedAt: now }, change: isCrossed ? 'fired' : 'recovered' }
}
