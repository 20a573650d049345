import type { SummaryRange } from '@runnel/protocol/monitor-summary'
import { useQuery } from '@tanstack/react-query'
import { ChartColumn } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { projectsQuery } from '../../../api/projects.ts'
import { sessionQuery } from '../../../api/session.ts'
import { type SummaryFilter, summaryQuery } from '../../../api/summary.ts'
import { useListState } from '../../../app/list-state.ts'
import { Segments } from '../../../ui/segments.tsx'
import { Select } from '../../../ui/select.tsx'
import { EmptyState, ErrorState, Skeleton } from '../../../ui/status.tsx'
import { FlowFilter } from '../flow-filter.tsx'
import { SummaryCards } from './summary-cards.tsx'
import { SummaryCharts } from './summary-charts.tsx'
import { ErrorTable, ModelTable } from './summary-tables.tsx'
import { TestScores } from './test-scores.tsx'

const RANGES = ['24h', '7d', '30d', '90d'] as const satisfies readonly SummaryRange[]
/** No project has such an id. */
const ALL = 'all'
const DEFAULTS = { range: '7d', flow: '', project: ALL, scope: 'own' }

/** How runs went: of a flow, of a project, of the user or of everybody. */
export function OverviewPage(): ReactNode {
  const { t } = useTranslation('overview')
  const [state, setState] = useListState(DEFAULTS)
  const { data: session } = useQuery(sessionQuery)
  const { data: projects = [] } = useQuery(projectsQuery)
  const range = RANGES.find((one) => one === state.range) ?? '7d'
  const isOfAll = state.scope === 'instance' && session?.user?.is_superuser === true
  const filter: SummaryFilter = isOfAll
    ? { range, scope: 'instance' }
    : {
        range,
        scope: 'own',
        ...(state.flow && { flow_id: state.flow }),
        ...(state.project !== ALL && { project_id: state.project }),
      }
  const { data: summary, error, isPending, refetch } = useQuery(summaryQuery(filter))
  const isEmpty = summary?.totals.runs === 0 && summary.models.rows.length === 0
  return (
    <div className="flex flex-col gap-4 pb-8">
      <div className="flex flex-wrap items-center gap-2">
        <Segments
          label={t('range')}
          value={range}
          options={RANGES.map((value) => ({ value, label: t(`ranges.${value}`) }))}
          onChange={(chosen) => setState({ range: chosen })}
        />
        {isOfAll ? null : (
          <>
            <Select
              label={t('project')}
              value={state.project}
              options={[
                { value: ALL, label: t('allProjects') },
                ...projects.map(({ id, name }) => ({ value: id ?? '', label: name })),
              ]}
              onChange={(project) => setState({ project })}
              className="max-w-64"
            />
            <FlowFilter value={state.flow} onChange={(flow) => setState({ flow })} />
          </>
        )}
        {session?.user?.is_superuser ? (
          <Select
            label={t('scope')}
            value={isOfAll ? 'instance' : 'own'}
            options={[
              { value: 'own', label: t('own') },
              { value: 'instance', label: t('instance') },
            ]}
            onChange={(scope) => setState({ scope })}
          />
        ) : null}
      </div>
      {isPending ? <Skeleton className="h-60" /> : null}
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {summary && isEmpty ? (
        <EmptyState icon={<ChartColumn size={32} />} title={t('none')} hint={t('noneHint')} />
      ) : null}
      {summary && !isEmpty ? (
        <>
          <SummaryCards summary={summary} />
          <SummaryCharts summary={summary} />
          <TestScores filter={filter} />
          <ModelTable models={summary.models} />
          <ErrorTable errors={summary.errors} range={range} />
        </>
      ) : null}
      {summary ? <p className="text-text-muted text-xs">{t('kept', { count: summary.kept_days })}</p> : null}
    </div>
  )
}
