import type { MonitorSummary, RunSummary } from '@runnel/protocol/monitor-summary'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { changeOf } from '../../../ui/chart-layout.ts'
import { durationText } from '../../../ui/duration.ts'
import { costText } from '../../../ui/money.ts'

interface Card {
  readonly name: string
  readonly value: string | undefined
  /** Read from both times, to be compared. */
  readonly of: (sum: RunSummary) => number | null
  readonly note?: string | undefined
}

/** The sums of a time, and how they differ from those of the time before. */
export function SummaryCards({ summary: { totals, previous } }: { readonly summary: MonitorSummary }): ReactNode {
  const { t, i18n } = useTranslation('overview')
  const number = (value: number): string => value.toLocaleString(i18n.language)
  const percent = (value: number, sign: 'auto' | 'exceptZero' = 'auto'): string =>
    value.toLocaleString(i18n.language, { style: 'percent', maximumFractionDigits: 1, signDisplay: sign })
  const time = (ms: number | null): string | undefined => (ms === null ? undefined : durationText(ms, i18n.language))
  const liked = scoreOf(totals)
  const cards: readonly Card[] = [
    { name: t('runs'), value: number(totals.runs), of: ({ runs }) => runs },
    {
      name: t('successRate'),
      value: totals.success_rate === null ? undefined : percent(totals.success_rate),
      of: ({ success_rate }) => success_rate,
    },
    { name: t('p50'), value: time(totals.p50_ms), of: ({ p50_ms }) => p50_ms },
    { name: t('p95'), value: time(totals.p95_ms), of: ({ p95_ms }) => p95_ms },
    {
      name: t('tokens'),
      value: number(totals.input_tokens + totals.output_tokens),
      of: ({ input_tokens, output_tokens }) => input_tokens + output_tokens,
    },
    {
      name: t('cost'),
      value: costText(totals, i18n.language),
      of: ({ cost }) => cost,
      note: totals.unpriced_runs > 0 ? t('unpricedRuns', { count: totals.unpriced_runs }) : undefined,
    },
    { name: t('sessions'), value: number(totals.sessions), of: ({ sessions }) => sessions },
    {
      name: t('feedback'),
      value: liked === null ? undefined : percent(liked),
      of: scoreOf,
      note:
        liked === null ? undefined : t('thumbs', { up: number(totals.thumbs_up), down: number(totals.thumbs_down) }),
    },
  ]
  return (
    <dl className="grid grid-cols-2 md:grid-cols-4 gap-2" data-testid="overview-totals">
      {cards.map(({ name, value, of, note }) => {
        const change = changeOf(of(totals), of(previous.totals))
        return (
          <div key={name} className="rounded-lg border border-border px-3 py-2">
            <dt className="text-text-muted text-xs">{name}</dt>
            <dd className="font-semibold text-lg tabular-nums">{value ?? '–'}</dd>
            {change === undefined ? null : (
              <dd className="text-text-muted text-xs">{t('change', { change: percent(change, 'exceptZero') })}</dd>
            )}
            {note ? <dd className="text-text-muted text-xs">{note}</dd> : null}
          </div>
        )
      })}
    </dl>
  )
}

/** Thumbs up, of all thumbs; null without any. */
function scoreOf({ thumbs_up: up, thumbs_down: down }: RunSummary): number | null {
  return up + down === 0 ? null : up / (up + down)
}
