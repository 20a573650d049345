import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { failedCallsQuery } from '../../api/runs.ts'
import type { UsageFilter } from '../../api/usage.ts'
import { failureReason } from '../../flows/failure-reason.ts'
import { Cell, Head, HeadRow, Row, Table } from '../../ui/table.tsx'
import { Time } from '../../ui/time.tsx'
import { useFlowNames } from '../monitor/flow-filter.tsx'
import { useKeyNames } from '../monitor/run-table.tsx'

/** The newest calls that failed, each with the way to its run; nothing when all went well. */
export function FailedCalls({ filter: { from, ...of } }: { readonly filter: UsageFilter }): ReactNode {
  const { t } = useTranslation('api')
  const { data: runs = [] } = useQuery(failedCallsQuery({ since: `${from}T00:00:00Z`, ...of }))
  const flows = useFlowNames()
  const keys = useKeyNames(runs.some((run) => run.key_id !== null))
  if (runs.length === 0) return null
  return (
    <section className="flex flex-col gap-2">
      <h2 className="font-medium">{t('usage.failedCalls')}</h2>
      <Table label={t('usage.failedCalls')}>
        <HeadRow>
          <Head>{t('usage.time')}</Head>
          <Head>{t('usage.flow')}</Head>
          <Head>{t('usage.key')}</Head>
          <Head>{t('usage.error')}</Head>
        </HeadRow>
        <tbody>
          {runs.map((run) => (
            <Row key={run.id}>
              <Cell>
                <Link
                  to="/monitor/runs/$runId"
                  params={{ runId: run.id }}
                  className="block min-h-6 font-medium leading-6 hover:underline"
                >
                  <Time at={run.started_at} />
                </Link>
              </Cell>
              <Cell className="max-w-48 truncate">{flows.get(run.flow_id) ?? t('usage.deletedFlow')}</Cell>
              <Cell className="max-w-48 truncate text-text-muted">
                {run.key_id === null ? '–' : (keys.get(run.key_id) ?? t('usage.deletedKey'))}
              </Cell>
              <Cell className="max-w-96 truncate text-danger" title={run.error ?? ''}>
                {run.error === null ? '–' : failureReason(run.error)}
              </Cell>
            </Row>
          ))}
        </tbody>
      </Table>
    </section>
  )
}
