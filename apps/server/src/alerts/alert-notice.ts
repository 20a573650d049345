import type { AlertRecord } from '@runnel/storage/records'
import { zoned } from '../monitor/step-wire.ts'

/** What channels are told. */
export interface AlertNotice {
  /** Of the event: the same at each attempt, so that a receiver can tell a repetition. */
  readonly id: string
  readonly kind: 'fired' | 'recovered' | 'test'
  /** Epoch milliseconds. */
  readonly at: number
  readonly value: number | null
  readonly alert: AlertRecord
  /** The name of the flow or project; undefined for all runs of a user. */
  readonly scope: string | undefined
}

/** The body a webhook gets. */
export const webhookBody = ({ id, kind, at, value, alert, scope }: AlertNotice): string =>
  JSON.stringify({
    id,
    type: `alert.${kind}`,
    at: zoned(at),
    value,
    alert: {
      id: alert.id,
      name: alert.name,
      measure: alert.measure,
      threshold: alert.measure === 'no_runs' ? null : alert.threshold,
      window: alert.period,
      flow_id: alert.flowId,
      project_id: alert.projectId,
      scope: scope ?? null,
    },
  })

const MEASURES: Readonly<Record<AlertRecord['measure'], string>> = {
  error_rate: 'Failed runs (percent)',
  latency: '95th percentile of durations (seconds)',
  spend: 'Cost (US dollars)',
  no_runs: 'Runs',
}

const SUBJECTS: Readonly<Record<AlertNotice['kind'], string>> = {
  fired: 'Alert',
  recovered: 'Recovered',
  test: 'Test of an alert',
}

/** The letter; a line break in a name does not reach its head. */
export function letterOf({ kind, at, value, alert, scope }: AlertNotice) {
  const subject = `${SUBJECTS[kind]}: ${alert.name}`.replace(/\s+/g, ' ')
  const bound = alert.measure === 'no_runs' ? 'fires without any run' : `fires at ${alert.threshold}`
  const measured = value === null ? 'nothing to measure' : Number(value.toPrecision(4))
  const lines = [
    ...(kind === 'test' ? ['This is a sample, sent because somebody asked for it.'] : []),
    `${MEASURES[alert.measure]} over the last ${alert.period}: ${measured} (${bound})`,
    `Watches: ${scope ?? 'all runs'}`,
    `Time: ${zoned(at)}`,
  ]
  return { subject, text: `${lines.join('\n')}\n` }
}
