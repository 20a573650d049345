import type { UsageRow, UsageSum } from '@runnel/protocol/usage'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Chart } from '../../ui/chart.tsx'
import { durationText } from '../../ui/duration.ts'
import { moneyText } from '../../ui/money.ts'
import { STATES } from '../../ui/state-icon.tsx'
import { everyDay } from './usage-days.ts'

export interface UsageChartsProps {
  /** One for each day that had calls. */
  readonly rows: readonly UsageRow[]
  readonly total: UsageSum
  readonly from: string
  readonly to: string
}

/** Calls, durations, tokens and cost of each day. */
export function UsageCharts({ rows, total, from, to }: UsageChartsProps): ReactNode {
  const { t, i18n } = useTranslation('api')
  const days = everyDay(rows, from, to)
  const of = (read: (row: UsageRow) => number | null): readonly (number | null)[] =>
    days.map(({ row }) => (row ? read(row) : null))
  const number = (value: number): string =>
    value.toLocaleString(i18n.language, { notation: 'compact', maximumFractionDigits: 1 })
  const perDay = (what: string): string => t('usage.perDay', { what })
  // Days are those of the server, UTC.
  const format = new Intl.DateTimeFormat(i18n.language, { month: 'short', day: 'numeric', timeZone: 'UTC' })
  const slots = days.map(({ day }) => format.format(Date.parse(day)))
  const [accent, info, waiting] = ['fill-accent stroke-accent', 'fill-info stroke-info', 'fill-waiting stroke-waiting']
  return (
    <div className="grid gap-3 md:grid-cols-2">
      <Chart
        title={perDay(t('usage.calls'))}
        slots={slots}
        format={number}
        series={[
          { name: t('usage.errors'), look: STATES.error.chart, values: of(({ errors }) => errors) },
          { name: t('usage.succeeded'), look: STATES.ok.chart, values: of(({ calls, errors }) => calls - errors) },
        ]}
      />
      <Chart
        lines
        title={t('usage.duration')}
        slots={slots}
        format={(ms) => durationText(ms, i18n.language)}
        series={[
          { name: t('usage.p95'), look: waiting, values: of(({ p95_ms }) => p95_ms) },
          { name: t('usage.p50'), look: info, values: of(({ p50_ms }) => p50_ms) },
        ]}
      />
      <Chart
        title={perDay(t('usage.tokens'))}
        slots={slots}
        format={number}
        series={[
          { name: t('usage.input'), look: info, values: of(({ input_tokens }) => input_tokens) },
          { name: t('usage.output'), look: accent, values: of(({ output_tokens }) => output_tokens) },
        ]}
      />
      <Chart
        title={perDay(t('usage.cost'))}
        slots={slots}
        format={(value) => moneyText(value, i18n.language)}
        note={total.unpriced_tokens > 0 ? t('usage.unpriced', { count: total.unpriced_tokens }) : undefined}
        series={[{ name: t('usage.cost'), look: accent, values: of(({ cost }) => cost) }]}
      />
    </div>
  )
}
