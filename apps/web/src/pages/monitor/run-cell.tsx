import type { RunRead } from '@runnel/protocol/monitor'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { failureReason } from '../../flows/failure-reason.ts'
import { RunStatus } from '../../flows/run-status.tsx'
import { durationText } from '../../ui/duration.ts'
import { costText } from '../../ui/money.ts'
import { Cell } from '../../ui/table.tsx'
import { Time } from '../../ui/time.tsx'
import type { RunColumn } from './run-columns.ts'

export interface RunCellProps {
  readonly run: RunRead
  readonly column: RunColumn['name']
  readonly flowName: string | undefined
  readonly keyName: string | undefined
}

/** What a run says in one column. */
export function RunCell({ run, column, flowName, keyName }: RunCellProps): ReactNode {
  const { t, i18n } = useTranslation('monitor')
  const text = (value: string | null, className = 'text-text-muted'): ReactNode => (
    <Cell className={`truncate ${className}`} title={value ?? ''}>
      {value || '–'}
    </Cell>
  )
  switch (column) {
    case 'status':
      return (
        <Cell>
          <RunStatus status={run.status} />
        </Cell>
      )
    case 'flow':
      return (
        <Cell className="truncate">
          <Link
            to="/monitor/runs/$runId"
            params={{ runId: run.id }}
            className="block min-h-6 truncate font-medium leading-6 hover:underline"
          >
            {flowName ?? run.flow_id}
          </Link>
        </Cell>
      )
    case 'input':
      return text(run.input, '')
    case 'output':
      // A run that failed says why in the place of an answer.
      return run.output === null && run.error !== null
        ? text(failureReason(run.error), 'text-danger')
        : text(run.output, '')
    case 'kind':
      return text(t(`kind.${run.kind}`))
    case 'started':
      return (
        <Cell className="truncate text-text-muted">
          <Time at={run.started_at} />
        </Cell>
      )
    case 'duration':
      return (
        <Cell className="truncate text-right text-text-muted tabular-nums">
          {run.duration_ms === null ? '–' : durationText(run.duration_ms, i18n.language)}
        </Cell>
      )
    case 'tokens':
      return (
        <Cell className="truncate text-right text-text-muted tabular-nums">
          {run.token_usage.total_tokens === 0 ? '–' : run.token_usage.total_tokens.toLocaleString(i18n.language)}
        </Cell>
      )
    case 'cost':
      return (
        <Cell
          className="truncate text-right text-text-muted tabular-nums"
          title={run.unpriced_tokens > 0 ? t('runs.unpriced', { count: run.unpriced_tokens }) : undefined}
        >
          {costText(run, i18n.language) ?? '–'}
        </Cell>
      )
    case 'session':
      return text(run.session_id)
    case 'version':
      return text(
        run.published_version === null ? t('runs.draft') : t('runs.version', { number: run.published_version }),
      )
    case 'key':
      return text(run.key_id === null ? null : (keyName ?? run.key_id))
    case 'error':
      return text(run.error && failureReason(run.error), 'text-danger')
    default:
      return column satisfies never
  }
}
