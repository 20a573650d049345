import { deleteRuns } from '@runnel/protocol/monitor'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Activity } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../api/client.ts'
import { type RunFilter, runsChanged, runsQuery } from '../../api/runs.ts'
import { useListState } from '../../app/list-state.ts'
import { Button } from '../../ui/button.tsx'
import { ColumnMenu } from '../../ui/column-menu.tsx'
import { useColumns } from '../../ui/columns.ts'
import { SearchInput } from '../../ui/search-input.tsx'
import { Select } from '../../ui/select.tsx'
import { useSelection } from '../../ui/selection.ts'
import { EmptyState, ErrorState, TableSkeleton } from '../../ui/status.tsx'
import { DeleteBar } from './delete-bar.tsx'
import { ExportMenu } from './export-menu.tsx'
import { FlowFilter } from './flow-filter.tsx'
import { timeOfFilter } from './period.ts'
import { PeriodFilter } from './period-filter.tsx'
import { FLOW_COLUMN, RUN_COLUMNS } from './run-columns.ts'
import { exportRuns } from './run-export.ts'
import { NO_RUN_FILTERS, RunFilters, runFilterOf } from './run-filters.tsx'
import { RunTable } from './run-table.tsx'
import { SavedViews } from './saved-views.tsx'

const STATES = ['queued', 'running', 'succeeded', 'failed', 'cancelled'] as const
const KINDS = ['playground', 'build', 'run', 'webhook', 'workflow', 'mcp', 'eval'] as const
const FILTERS = { q: '', flow: '', status: 'any', kind: 'any', period: 'any', ...NO_RUN_FILTERS } as const
const DEFAULTS = { ...FILTERS, group: 'none' } as const

/** All runs of the user's flows. */
export function RunsPage(): ReactNode {
  const { t, i18n } = useTranslation('monitor')
  const [state, setState] = useListState<Record<keyof typeof DEFAULTS, string>>(DEFAULTS)
  const choice = useColumns('runnel.runColumns', RUN_COLUMNS, FLOW_COLUMN)
  const status = STATES.find((one) => one === state.status)
  const kind = KINDS.find((one) => one === state.kind)
  const filter: RunFilter = {
    ...(state.flow && { flow_id: state.flow }),
    ...runFilterOf(state),
    ...(status && { status }),
    ...(kind && { kind: [kind] }),
    ...timeOfFilter(state, Date.now()),
    ...(state.q.trim() && { search: state.q.trim() }),
  }
  const query = useInfiniteQuery(runsQuery(filter))
  const runs = query.data?.pages.flatMap((page) => page.runs) ?? []
  const kept = query.data?.pages[0]?.kept
  const selection = useSelection(runs.map(({ id }) => id))
  const isFiltered = Object.entries(FILTERS).some(([name, value]) => Reflect.get(state, name) !== value)

  return (
    <div className="flex flex-col pb-6">
      <div className="mb-2 flex flex-wrap items-center gap-2">
        <SearchInput
          value={state.q}
          onChange={(q) => setState({ q })}
          label={t('runs.search')}
          className="min-w-56 flex-1"
        />
        <SavedViews storedAs="runnel.runViews" state={state} onChoose={(view) => setState({ ...DEFAULTS, ...view })} />
        <ColumnMenu
          all={RUN_COLUMNS}
          choice={choice}
          always={FLOW_COLUMN}
          labelOf={({ name }) => t(`runs.column.${name}`)}
        />
        <ExportMenu name="runs" make={(format) => exportRuns(filter, format)} disabled={runs.length === 0} />
      </div>
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <FlowFilter value={state.flow} onChange={(flow) => setState({ flow })} />
        <Select
          label={t('runs.status')}
          value={state.status}
          options={[
            { value: 'any', label: t('runs.anyStatus') },
            ...STATES.map((value) => ({ value, label: t(`status.${value}`) })),
          ]}
          onChange={(value) => setState({ status: value })}
        />
        <Select
          label={t('runs.kind')}
          value={state.kind}
          options={[
            { value: 'any', label: t('runs.anyKind') },
            ...KINDS.map((value) => ({ value, label: t(`kind.${value}`) })),
          ]}
          onChange={(value) => setState({ kind: value })}
        />
        <PeriodFilter value={state.period} onChange={(period) => setState({ period })} />
        <Select
          label={t('group.label')}
          value={state.group}
          options={(['none', 'session'] as const).map((value) => ({ value, label: t(`group.${value}`) }))}
          onChange={(group) => setState({ group })}
        />
        <RunFilters values={state} onChange={setState} />
        {isFiltered ? (
          <Button look="ghost" onClick={() => setState(FILTERS)}>
            {t('clearFilters')}
          </Button>
        ) : null}
      </div>
      {state.session ? (
        <p className="mb-2 text-sm text-text-muted">{t('runs.ofSession', { session: state.session })}</p>
      ) : null}
      {query.isPending ? <TableSkeleton /> : null}
      {query.error ? <ErrorState error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.isSuccess && runs.length === 0 ? (
        <EmptyState
          icon={<Activity size={32} />}
          title={isFiltered ? t('runs.noneMatch') : t('runs.none')}
          hint={isFiltered ? undefined : t('runs.noneHint')}
        />
      ) : null}
      {runs.length > 0 ? (
        <RunTable runs={runs} choice={choice} selection={selection} isGrouped={state.group === 'session'} />
      ) : null}
      {query.hasNextPage ? (
        <Button
          className="mt-3 self-center"
          disabled={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t('more')}
        </Button>
      ) : null}
      {kept ? (
        <p className="pt-2 text-right text-text-muted text-xs">
          {t('runs.kept', { days: kept.days, runs: kept.runs.toLocaleString(i18n.language) })}
        </p>
      ) : null}
      <DeleteBar
        kind="runs"
        ids={selection.ids}
        perform={(body) => client.call(deleteRuns, { body })}
        changed={runsChanged}
        onClear={selection.clear}
      />
    </div>
  )
}
