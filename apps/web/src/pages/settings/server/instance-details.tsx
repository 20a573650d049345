import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { instanceQuery } from '../../../api/instance.ts'
import { bytesText } from '../../../ui/bytes.ts'
import { durationText } from '../../../ui/duration.ts'
import { ErrorState, Skeleton } from '../../../ui/status.tsx'
import { Time } from '../../../ui/time.tsx'
import { AllSettings } from './all-settings.tsx'
import { ComponentCheck } from './component-check.tsx'
import { type Fact, Facts, Health } from './facts.tsx'

/** What superusers see of the server besides: its parts, components that do not load, every setting. */
export function InstanceDetails(): ReactNode {
  const { t, i18n } = useTranslation('settings')
  const { data, error, refetch } = useQuery(instanceQuery(i18n.language))
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton className="h-60" />
  const { database, cache, queue, storage } = data.health
  const number = (value: number): string => value.toLocaleString(i18n.language)
  const parts: readonly Fact[] = [
    [
      t('server.database'),
      <Health key="database" problem={database.problem ?? undefined}>
        {`${database.kind === 'postgres' ? 'PostgreSQL' : 'SQLite'} · ${durationText(database.milliseconds, i18n.language)}`}
      </Health>,
    ],
    [
      t('server.cache'),
      <Health key="cache" problem={cache.problem ?? undefined}>
        {t('server.cached', {
          answers: number(cache.answers),
          results: number(cache.results),
          memory: bytesText(cache.memory_bytes, i18n.language),
        })}
      </Health>,
    ],
    [
      t('server.queue'),
      <Health key="queue" problem={queue.problem ?? undefined}>
        {t('server.queued', { runs: number(queue.runs), limit: number(queue.limit) })}
      </Health>,
    ],
    [
      t('server.storage'),
      <Health key="storage" problem={storage.problem ?? undefined}>
        <span className="break-all font-mono text-xs">{storage.folder}</span>{' '}
        {t('server.free', {
          free: bytesText(storage.free_bytes, i18n.language),
          total: bytesText(storage.total_bytes, i18n.language),
        })}
      </Health>,
    ],
    [t('server.started'), <Time key="started" at={data.started_at} />],
    [t('server.runsOn'), `Node ${data.node}, ${data.platform}`],
  ]
  return (
    <>
      <h3 className="mt-6 mb-2 font-medium">{t('server.parts')}</h3>
      <Facts entries={parts} />
      <ComponentCheck />
      <AllSettings settings={data.settings} />
    </>
  )
}
