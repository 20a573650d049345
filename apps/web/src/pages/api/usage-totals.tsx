import type { UsageSum } from '@runnel/protocol/usage'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { durationText } from '../../ui/duration.ts'
import { costText } from '../../ui/money.ts'

/** The sums of a period, a card each. */
export function UsageTotals({ total }: { readonly total: UsageSum }): ReactNode {
  const { t, i18n } = useTranslation('api')
  const number = (value: number): string => value.toLocaleString(i18n.language)
  const percent = (value: number): string =>
    value.toLocaleString(i18n.language, { style: 'percent', maximumFractionDigits: 1 })
  const time = (ms: number | null): string => (ms === null ? '–' : durationText(ms, i18n.language))
  const cards = [
    [t('usage.calls'), number(total.calls)],
    [t('usage.errors'), number(total.errors)],
    [t('usage.errorRate'), total.calls === 0 ? '–' : percent(total.errors / total.calls)],
    [t('usage.limited'), number(total.limited)],
    [t('usage.cached'), number(total.cached)],
    [t('usage.p50'), time(total.p50_ms)],
    [t('usage.p95'), time(total.p95_ms)],
    [t('usage.input'), number(total.input_tokens)],
    [t('usage.output'), number(total.output_tokens)],
    [t('usage.cost'), costText(total, i18n.language) ?? '–'],
  ] as const
  return (
    <dl className="grid grid-cols-2 md:grid-cols-5 gap-2" data-testid="usage-totals">
      {cards.map(([name, value]) => (
        <div key={name} className="rounded-lg border border-border px-3 py-2">
          <dt className="truncate text-text-muted text-xs" title={name}>
            {name}
          </dt>
          <dd className="font-semibold text-lg tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
