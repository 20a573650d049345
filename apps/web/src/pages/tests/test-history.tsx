import type { FlowTestRunRead } from '@runnel/protocol/flow-tests'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Badge } from '../../ui/status.tsx'
import { Cell, Head, HeadRow, Row, Table } from '../../ui/table.tsx'
import { Time } from '../../ui/time.tsx'

export interface TestHistoryProps {
  readonly runs: readonly FlowTestRunRead[]
  /** The one whose results are shown. */
  readonly shown: string | undefined
}

/** Earlier runs of tests: what was tested, and how it went. */
export function TestHistory({ runs, shown }: TestHistoryProps): ReactNode {
  const { t, i18n } = useTranslation('tests')
  const percent = (share: number): string =>
    share.toLocaleString(i18n.language, { style: 'percent', maximumFractionDigits: 1 })
  return (
    <Table label={t('history')}>
      <HeadRow>
        <Head>{t('time')}</Head>
        <Head>{t('version')}</Head>
        <Head>{t('score')}</Head>
        <Head className="text-right">{t('passed')}</Head>
      </HeadRow>
      <tbody>
        {runs.map((run) => (
          <Row key={run.id} aria-selected={run.id === shown}>
            <Cell>
              <Link
                to="/flow/$flowId/tests"
                params={{ flowId: run.flow_id }}
                search={{ run: run.id }}
                aria-current={run.id === shown ? 'true' : undefined}
                className="inline-flex min-h-6 items-center hover:underline"
              >
                <Time at={run.started_at} />
              </Link>
            </Cell>
            <Cell>
              {t(`targets.${run.target}`, { number: run.version })}
              {run.is_whole ? null : <span className="text-text-muted"> · {t('some')}</span>}
            </Cell>
            <Cell>
              {run.score === null ? (
                <Badge>{t(`status.${run.status}`)}</Badge>
              ) : (
                <Badge tone={run.score === 1 ? 'success' : 'danger'}>{percent(run.score)}</Badge>
              )}
            </Cell>
            <Cell className="text-right tabular-nums">{t('ofTotal', { passed: run.passed, total: run.total })}</Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  )
}
