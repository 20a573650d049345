import { cancelIngestion, type KnowledgeRunRead, retryKnowledgeRun } from '@runnel/protocol/knowledge-runs'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../api/client.ts'
import { knowledgeChanged, knowledgeRunsQuery } from '../../api/knowledge.ts'
import { attempt } from '../../ui/attempt.ts'
import { Button } from '../../ui/button.tsx'
import { Badge, EmptyState, ErrorState, TableSkeleton } from '../../ui/status.tsx'
import { Time } from '../../ui/time.tsx'
import { IngestionFiles } from './ingestion-files.tsx'

const TONES = { running: 'info', completed: 'success', failed: 'danger', cancelled: 'neutral' } as const

/** Each time files were added: how far it is, what went wrong, and a way to stop it. */
export function IngestionList({ base }: { readonly base: string }): ReactNode {
  const { t } = useTranslation('knowledge')
  const { data: runs, isPending, error, refetch } = useQuery(knowledgeRunsQuery(base))
  const stop = async (): Promise<void> => {
    await attempt(t('failed'), () => client.call(cancelIngestion, { params: { kb_name: base } }))
    await knowledgeChanged()
  }
  const retry = async (run_id: string): Promise<void> => {
    await attempt(t('failed'), () => client.call(retryKnowledgeRun, { params: { kb_name: base, run_id } }))
    await knowledgeChanged()
  }
  if (isPending) return <TableSkeleton />
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (runs.length === 0) return <EmptyState title={t('noRuns')} />
  return (
    <ol className="divide-y divide-border rounded-lg border border-border">
      {runs.map((run) => (
        <Ingestion key={run.id} run={run} onStop={stop} onRetry={() => retry(run.id)} />
      ))}
    </ol>
  )
}

interface IngestionProps {
  readonly run: KnowledgeRunRead
  readonly onStop: () => Promise<void>
  readonly onRetry: () => Promise<void>
}

function Ingestion({ run, onStop, onRetry }: IngestionProps): ReactNode {
  const { t } = useTranslation('knowledge')
  const done = run.succeeded + run.failed + run.skipped
  // Several files that came together have no name of their own but their number.
  const isNumber = run.source_type === 'file' && run.source_name === `${run.total_items} files`
  const name = isNumber ? t('files.count', { count: run.total_items }) : run.source_name
  const left = run.files.filter(({ status }) => status === 'failed' || status === 'waiting').length
  return (
    <li className="flex flex-col gap-1 px-3 py-2 text-sm">
      <div className="flex items-center gap-3">
        <Badge tone={run.status === 'completed' && run.failed > 0 ? 'warning' : TONES[run.status]}>
          {t(`run.${run.status}`)}
        </Badge>
        <span className="min-w-0 flex-1 truncate font-medium">{name}</span>
        <span className="text-text-muted">
          <Time at={run.started_at} />
        </span>
        {run.can_retry ? (
          <Button size="sm" onClick={() => void onRetry()}>
            {t('retry', { count: left })}
          </Button>
        ) : null}
        {run.status === 'running' ? (
          <Button size="sm" onClick={() => void onStop()}>
            {t('stop')}
          </Button>
        ) : null}
      </div>
      {run.status === 'running' ? (
        <progress
          className="h-1.5 w-full accent-accent"
          max={run.total_items}
          value={done}
          aria-label={t('progress', { name })}
        />
      ) : null}
      <p className="text-text-muted text-xs">
        {run.source_type === 're-embedding'
          ? t('reEmbedded', { count: run.succeeded, total: run.total_items })
          : t('counts', {
              succeeded: run.succeeded,
              failed: run.failed,
              skipped: run.skipped,
              count: run.chunks_created,
            })}
      </p>
      {run.error_message ? (
        <p role="alert" className="wrap-anywhere text-danger text-xs">
          {run.error_message}
        </p>
      ) : null}
      {run.files.length > 0 ? (
        <details>
          <summary className="min-h-6 w-fit cursor-pointer text-text-muted text-xs leading-6">
            {t('files.show', { count: run.files.length })}
          </summary>
          <IngestionFiles files={run.files} name={name} hasEnded={run.status !== 'running'} />
        </details>
      ) : null}
    </li>
  )
}
