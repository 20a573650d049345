import type { UsageSum } from '@runnel/protocol/usage'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { durationText } from '../../ui/duration.ts'
import { costText } from '../../ui/money.ts'
import { Cell, Head, HeadRow, Row, Table } from '../../ui/table.tsx'

export interface UsageTableProps {
  readonly title: string
  /** The head of the first column. */
  readonly first: string
  readonly rows: readonly (UsageSum & { readonly id: string | null; readonly name: string })[]
}

const NUMBER = 'whitespace-nowrap text-right tabular-nums'

/** Usage in numbers, a row for each day, flow or key. */
export function UsageTable({ title, first, rows }: UsageTableProps): ReactNode {
  const { t, i18n } = useTranslation('api')
  const number = (value: number): string => value.toLocaleString(i18n.language)
  const time = (ms: number | null): string => (ms === null ? '–' : durationText(ms, i18n.language))
  const heads = [
    t('usage.calls'),
    t('usage.errors'),
    t('usage.p50'),
    t('usage.p95'),
    t('usage.input'),
    t('usage.output'),
    t('usage.cost'),
  ]
  return (
    <section className="flex flex-col gap-2">
      <h2 className="font-medium">{title}</h2>
      <Table label={title}>
        <HeadRow>
          <Head>{first}</Head>
          {heads.map((head) => (
            <Head key={head} className="text-right">
              {head}
            </Head>
          ))}
        </HeadRow>
        <tbody>
          {rows.map((row) => (
            <Row key={row.id ?? ''}>
              <Cell className="max-w-64 truncate font-medium">{row.name}</Cell>
              <Cell className={NUMBER}>{number(row.calls)}</Cell>
              <Cell className={NUMBER}>{number(row.errors)}</Cell>
              <Cell className={NUMBER}>{time(row.p50_ms)}</Cell>
              <Cell className={NUMBER}>{time(row.p95_ms)}</Cell>
              <Cell className={NUMBER}>{number(row.input_tokens)}</Cell>
              <Cell className={NUMBER}>{number(row.output_tokens)}</Cell>
              <Cell
                className={NUMBER}
                title={row.unpriced_tokens > 0 ? t('usage.unpriced', { count: row.unpriced_tokens }) : undefined}
              >
                {costText(row, i18n.language) ?? '–'}
              </Cell>
            </Row>
          ))}
        </tbody>
      </Table>
    </section>
  )
}
