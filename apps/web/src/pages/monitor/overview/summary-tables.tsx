import { runFailureCodes } from '@runnel/protocol/errors'
import type { MonitorSummary, SummaryRange } from '@runnel/protocol/monitor-summary'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { failureReason } from '../../../flows/failure-reason.ts'
import { componentText, useComponentText } from '../../../i18n/component-text.ts'
import { moneyText } from '../../../ui/money.ts'
import { Segments } from '../../../ui/segments.tsx'
import { Cell, Head, HeadRow, Row, Table } from '../../../ui/table.tsx'
import { Time } from '../../../ui/time.tsx'
import { useFlowNames } from '../flow-filter.tsx'
import type { Period } from '../period.ts'
import { providersOf } from './provider-sums.ts'

const NUMBER = 'whitespace-nowrap text-right tabular-nums'

/** What each model was used for and cost; calls at no known price are counted, not priced. */
export function ModelTable({ models }: Pick<MonitorSummary, 'models'>): ReactNode {
  const { t, i18n } = useTranslation('overview')
  const [by, setBy] = useState<'model' | 'provider'>('model')
  const number = (value: number): string => value.toLocaleString(i18n.language)
  if (models.rows.length === 0) return null
  const rows = by === 'model' ? models.rows : providersOf(models.rows)
  return (
    <section className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-3">
        <h2 className="font-medium">{t('models')}</h2>
        <Segments
          label={t('models')}
          value={by}
          options={[
            { value: 'model', label: t('byModel') },
            { value: 'provider', label: t('byProvider') },
          ]}
          onChange={setBy}
        />
      </div>
      <p className="text-text-muted text-xs">{t('modelDays', { from: models.from, to: models.to })}</p>
      <Table label={t('models')}>
        <HeadRow>
          <Head>{t('provider')}</Head>
          {by === 'model' ? <Head>{t('model')}</Head> : null}
          {[t('calls'), t('input'), t('output'), t('cost'), t('unpricedCalls')].map((name) => (
            <Head key={name} className="text-right">
              {name}
            </Head>
          ))}
        </HeadRow>
        <tbody>
          {rows.map((row) => (
            <Row key={`${row.provider} ${row.model}`}>
              <Cell>{row.provider}</Cell>
              {by === 'model' ? <Cell className="font-medium">{row.model}</Cell> : null}
              <Cell className={NUMBER}>{number(row.calls)}</Cell>
              <Cell className={NUMBER}>{number(row.input_tokens)}</Cell>
              <Cell className={NUMBER}>{number(row.output_tokens)}</Cell>
              <Cell className={NUMBER}>{row.cost === null ? t('unknown') : moneyText(row.cost, i18n.language)}</Cell>
              <Cell className={NUMBER}>{number(row.unpriced_calls)}</Cell>
            </Row>
          ))}
        </tbody>
      </Table>
    </section>
  )
}

export interface ErrorTableProps extends Pick<MonitorSummary, 'errors'> {
  /** The time in which they failed. */
  readonly range: SummaryRange
}

/** Why runs failed, the most frequent first. */
export function ErrorTable({ errors, range }: ErrorTableProps): ReactNode {
  const { t, i18n } = useTranslation('overview')
  const flows = useFlowNames()
  useComponentText()
  if (errors.length === 0) return null
  // Of everybody's runs only the codes are told.
  const isPlaced = errors.some(({ flow_id: id }) => id !== null)
  return (
    <section className="flex flex-col gap-2">
      <h2 className="font-medium">{t('errors')}</h2>
      <Table label={t('errors')}>
        <HeadRow>
          <Head>{t('error')}</Head>
          {isPlaced ? (
            <>
              <Head>{t('flow')}</Head>
              <Head>{t('component')}</Head>
            </>
          ) : null}
          <Head className="text-right">{t('runs')}</Head>
          <Head>{t('last')}</Head>
        </HeadRow>
        <tbody>
          {errors.map((row) => (
            <Row key={[row.code, row.message, row.flow_id, row.component_id].join(' ')}>
              <Cell className="max-w-96">
                <Failure row={row} range={range} isOwn={flows.has(row.flow_id ?? '')} />
              </Cell>
              {isPlaced ? (
                <>
                  <Cell>{flows.get(row.flow_id ?? '') ?? row.flow_id ?? '–'}</Cell>
                  <Cell>
                    {row.component_name === null ? (row.component_id ?? '–') : componentText(row.component_name)}
                  </Cell>
                </>
              ) : null}
              <Cell className={NUMBER}>{row.runs.toLocaleString(i18n.language)}</Cell>
              <Cell>
                <Time at={row.last_at} />
              </Cell>
            </Row>
          ))}
        </tbody>
      </Table>
    </section>
  )
}

interface FailureProps {
  readonly row: MonitorSummary['errors'][number]
  readonly range: SummaryRange
  /** The reader may see the runs. */
  readonly isOwn: boolean
}

/** Why runs failed, and the way to those that did. */
function Failure({ row: { message, code, flow_id: flow }, range, isOwn }: FailureProps): ReactNode {
  const { t } = useTranslation('overview')
  const known = runFailureCodes.find((one) => one === code)
  const text = (message && failureReason(message)) ?? (known ? t(`codes.${known}`) : (code ?? t('unknown')))
  if (!isOwn || message === null) return <span className="line-clamp-2">{text}</span>
  return (
    <Link
      to="/monitor/runs"
      search={{ flow, status: 'failed', error: reasonIn(message), period: PERIOD_OF[range] } as never}
      title={message}
      className="line-clamp-2 leading-6 hover:underline"
    >
      {text}
    </Link>
  )
}

/** What the list of runs calls these times. */
const PERIOD_OF = { '24h': 'day', '7d': 'week', '30d': 'month', '90d': 'any' } as const satisfies Record<
  SummaryRange,
  Period
>

/** Of several lines the last says why; what runs are searched by is no longer than a filter may be. */
const reasonIn = (message: string): string =>
  (message.split('\n').findLast((line) => line.trim() !== '') ?? message).trim().slice(0, 1000)
