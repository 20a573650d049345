import type { MonitorSummary, RunSummary } from '@runnel/protocol/monitor-summary'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { timeZone } from '../../../app/time-zone.ts'
import { Chart } from '../../../ui/chart.tsx'
import { durationText } from '../../../ui/duration.ts'
import { moneyText } from '../../../ui/money.ts'
import { STATES } from '../../../ui/state-icon.tsx'

/** Runs, durations, tokens, costs, sessions and thumbs over time. */
export function SummaryCharts({ summary: { slot, slots, totals } }: { readonly summary: MonitorSummary }): ReactNode {
  const { t, i18n } = useTranslation('overview')
  // Days are those of the server, UTC; hours those of the reader.
  const format = new Intl.DateTimeFormat(
    i18n.language,
    slot === 'day'
      ? { month: 'short', day: 'numeric', timeZone: 'UTC' }
      : { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', timeZone: timeZone() },
  )
  const names = slots.map(({ at }) => format.format(new Date(at)))
  const of = (read: (sum: RunSummary) => number | null): readonly (number | null)[] => slots.map(read)
  const number = (value: number): string =>
    value.toLocaleString(i18n.language, { notation: 'compact', maximumFractionDigits: 1 })
  const [accent, info, waiting] = ['fill-accent stroke-accent', 'fill-info stroke-info', 'fill-waiting stroke-waiting']
  const common = { slots: names, format: number }
  return (
    <div className="grid gap-3 md:grid-cols-2 xl:grid-cols-3">
      <Chart
        {...common}
        title={t('runs')}
        series={[
          { name: t('failed'), look: STATES.error.chart, values: of(({ failed }) => failed) },
          {
            name: t('others'),
            look: STATES.stopped.chart,
            values: of(({ runs, failed, succeeded }) => runs - failed - succeeded),
          },
          { name: t('succeeded'), look: STATES.ok.chart, values: of(({ succeeded }) => succeeded) },
        ]}
      />
      <Chart
        {...common}
        lines
        title={t('duration')}
        format={(ms) => durationText(ms, i18n.language)}
        series={[
          { name: t('p95'), look: waiting, values: of(({ p95_ms }) => p95_ms) },
          { name: t('p50'), look: info, values: of(({ p50_ms }) => p50_ms) },
        ]}
      />
      <Chart
        {...common}
        title={t('tokens')}
        series={[
          { name: t('input'), look: info, values: of(({ input_tokens }) => input_tokens) },
          { name: t('output'), look: accent, values: of(({ output_tokens }) => output_tokens) },
        ]}
      />
      <Chart
        {...common}
        title={t('cost')}
        format={(value) => moneyText(value, i18n.language)}
        note={totals.unpriced_runs > 0 ? t('unpricedRuns', { count: totals.unpriced_runs }) : undefined}
        series={[{ name: t('cost'), look: accent, values: of(({ cost }) => cost) }]}
      />
      <Chart
        {...common}
        title={t('sessions')}
        series={[{ name: t('sessions'), look: accent, values: of(({ sessions }) => sessions) }]}
      />
      <Chart
        {...common}
        title={t('feedback')}
        series={[
          { name: t('down'), look: STATES.error.chart, values: of(({ thumbs_down }) => thumbs_down) },
          { name: t('up'), look: STATES.ok.chart, values: of(({ thumbs_up }) => thumbs_up) },
        ]}
      />
    </div>
  )
}
