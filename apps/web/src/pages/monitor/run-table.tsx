import type { RunRead } from '@runnel/protocol/monitor'
import { Link } from '@tanstack/react-router'
import { Fragment, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { RunStatus } from '../../flows/run-status.tsx'
import { durationText } from '../../ui/duration.ts'
import type { Selection } from '../../ui/selection.ts'
import { SelectAllHead, SelectCell } from '../../ui/selection-cells.tsx'
import { Cell, Head, HeadRow, Row, Table } from '../../ui/table.tsx'
import { Time } from '../../ui/time.tsx'
import { useFlowNames } from './flow-filter.tsx'

export interface RunTableProps {
  readonly runs: readonly RunRead[]
  readonly selection: Selection
  /** The runs of one session stand together, under its name. */
  readonly isGrouped: boolean
}

/** Runs, the newest first. */
export function RunTable({ runs, selection, isGrouped }: RunTableProps): ReactNode {
  const { t } = useTranslation('monitor')
  const names = useFlowNames()
  const groups = isGrouped ? Map.groupBy(runs, ({ session_id: session }) => session) : new Map([['', runs]])
  return (
    <Table label={t('tabs.runs')}>
      <HeadRow>
        <SelectAllHead selection={selection} ids={runs.map(({ id }) => id)} label={t('selectAll')} />
        <Head>{t('runs.status')}</Head>
        <Head>{t('flow')}</Head>
        <Head>{t('runs.kind')}</Head>
        <Head>{t('started')}</Head>
        <Head className="text-right">{t('duration')}</Head>
        <Head className="text-right">{t('tokens')}</Head>
        <Head>{t('session')}</Head>
        <Head>{t('error')}</Head>
      </HeadRow>
      <tbody>
        {Array.from(groups, ([session, own]) => (
          <Fragment key={session}>
            {isGrouped ? (
              <tr className="border-border border-b bg-surface-muted">
                <th scope="rowgroup" colSpan={9} className="h-9 truncate px-3 text-left font-medium text-sm">
                  {session} <span className="text-text-muted">{t('group.runs', { count: own.length })}</span>
                </th>
              </tr>
            ) : null}
            {own.map((run) => (
              <RunRow key={run.id} run={run} selection={selection} flowName={names.get(run.flow_id)} />
            ))}
          </Fragment>
        ))}
      </tbody>
    </Table>
  )
}

interface RunRowProps {
  readonly run: RunRead
  readonly selection: Selection
  readonly flowName: string | undefined
}

function RunRow({ run, selection, flowName }: RunRowProps): ReactNode {
  const { t, i18n } = useTranslation('monitor')
  return (
    <Row aria-selected={selection.has(run.id)} data-testid={`run-${run.id}`}>
      <SelectCell selection={selection} id={run.id} label={t('runs.select', { id: run.id.slice(-6) })} />
      <Cell>
        <RunStatus status={run.status} />
      </Cell>
      <Cell className="max-w-56">
        <Link
          to="/monitor/runs/$runId"
          params={{ runId: run.id }}
          className="block min-h-6 truncate font-medium leading-6 hover:underline"
        >
          {flowName ?? run.flow_id}
        </Link>
      </Cell>
      <Cell className="whitespace-nowrap text-text-muted">{t(`kind.${run.kind}`)}</Cell>
      <Cell className="text-text-muted">
        <Time at={run.started_at} />
      </Cell>
      <Cell className="whitespace-nowrap text-right text-text-muted tabular-nums">
        {run.duration_ms === null ? '–' : durationText(run.duration_ms, i18n.language)}
      </Cell>
      <Cell className="text-right text-text-muted tabular-nums">
        {run.token_usage.total_tokens === 0 ? '–' : run.token_usage.total_tokens.toLocaleString(i18n.language)}
      </Cell>
      <Cell className="max-w-32 truncate text-text-muted" title={run.session_id}>
        {run.session_id}
      </Cell>
      <Cell className="max-w-64 truncate text-danger" title={run.error ?? ''}>
        {run.error}
      </Cell>
    </Row>
  )
}
