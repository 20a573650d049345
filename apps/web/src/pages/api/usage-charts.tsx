import type { UsageRow } from '@runnel/protocol/usage'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { durationText } from '../../ui/duration.ts'
import { UsageChart } from './usage-chart.tsx'
import { everyDay } from './usage-days.ts'

export interface UsageChartsProps {
  /** One for each day that had calls. */
  readonly rows: readonly UsageRow[]
  readonly from: string
  readonly to: string
}

/** Calls, durations and tokens of each day. */
export function UsageCharts({ rows, from, to }: UsageChartsProps): ReactNode {
  const { t, i18n } = useTranslation('api')
  const days = everyDay(rows, from, to)
  const of = (read: (row: UsageRow) => number | null): readonly number[] =>
    days.map(({ row }) => (row ? (read(row) ?? 0) : 0))
  const number = (value: number): string =>
    value.toLocaleString(i18n.language, { notation: 'compact', maximumFractionDigits: 1 })
  const perDay = (what: string): string => t('usage.perDay', { what })
  // Days are those of the server, UTC.
  const format = new Intl.DateTimeFormat(i18n.language, { month: 'short', day: 'numeric', timeZone: 'UTC' })
  const names = days.map(({ day }) => format.format(Date.parse(day)))
  return (
    <div className="grid gap-3 lg:grid-cols-3">
      <UsageChart
        title={perDay(t('usage.calls'))}
        days={names}
        format={number}
        parts={[
          { name: t('usage.errors'), fill: 'fill-state-error', values: of(({ errors }) => errors) },
          { name: t('usage.succeeded'), fill: 'fill-state-ok', values: of(({ calls, errors }) => calls - errors) },
        ]}
      />
      <UsageChart
        title={t('usage.duration')}
        days={names}
        format={(ms) => durationText(ms, i18n.language)}
        overlaid
        parts={[
          { name: t('usage.p95'), fill: 'fill-waiting', values: of(({ p95_ms }) => p95_ms) },
          { name: t('usage.p50'), fill: 'fill-info', values: of(({ p50_ms }) => p50_ms) },
        ]}
      />
      <UsageChart
        title={perDay(t('usage.tokens'))}
        days={names}
        format={number}
        parts={[
          { name: t('usage.input'), fill: 'fill-info', values: of(({ input_tokens }) => input_tokens) },
          { name: t('usage.output'), fill: 'fill-accent', values: of(({ output_tokens }) => output_tokens) },
        ]}
      />
    </div>
  )
}
