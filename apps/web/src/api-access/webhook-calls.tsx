import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { webhookRunsQuery } from '../api/runs.ts'
import { RunStatus } from '../flows/run-status.tsx'
import { durationText } from '../ui/duration.ts'
import { ErrorState } from '../ui/status.tsx'
import { Time } from '../ui/time.tsx'

/** The calls of a flow's webhook, as they arrive. */
export function WebhookCalls({ flowId }: { readonly flowId: string }): ReactNode {
  const { t, i18n } = useTranslation('api-access')
  const { data: runs = [], error } = useQuery(webhookRunsQuery(flowId))
  return (
    <section aria-label={t('calls.title')} aria-live="polite" className="flex flex-col gap-2">
      <h3 className="flex items-center gap-2 font-semibold text-sm">
        <span aria-hidden="true" className="size-2 animate-pulse rounded-full bg-success" />
        {t('calls.title')}
      </h3>
      {error ? <ErrorState error={error} /> : null}
      {runs.length === 0 ? <p className="text-sm text-text-muted">{t('calls.none')}</p> : null}
      <ul className="divide-y divide-border rounded-lg border border-border empty:hidden">
        {runs.map((run) => (
          <li key={run.id} className="flex items-center gap-4 px-3 py-2 text-sm" data-testid="webhook-call">
            <RunStatus status={run.status} />
            <Time at={run.started_at} exact />
            <span className="text-text-muted tabular-nums">
              {run.duration_ms === null ? '' : durationText(run.duration_ms, i18n.language)}
            </span>
            <span className="min-w-0 flex-1 truncate text-danger">{run.error}</span>
            <Link
              to="/monitor/runs/$runId"
              params={{ runId: run.id }}
              className="min-h-6 text-accent underline"
              aria-label={t('calls.open', { time: run.started_at })}
            >
              {t('calls.details')}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
