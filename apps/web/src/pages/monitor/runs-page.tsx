import { deleteRuns, type RunRead } from '@runnel/protocol/monitor'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Activity, Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../api/client.ts'
import { runsChanged, runsQuery } from '../../api/runs.ts'
import { useListState } from '../../app/list-state.ts'
import { RunStatus } from '../../flows/run-status.tsx'
import { attempt } from '../../ui/attempt.ts'
import { BulkBar } from '../../ui/bulk-bar.tsx'
import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'
import { confirm } from '../../ui/confirm.tsx'
import { durationText } from '../../ui/duration.ts'
import { notify } from '../../ui/notifications.tsx'
import { Select } from '../../ui/select.tsx'
import { type Selection, useSelection } from '../../ui/selection.ts'
import { EmptyState, ErrorState, Skeleton } from '../../ui/status.tsx'
import { Cell, Head, HeadRow, Row, Table } from '../../ui/table.tsx'
import { Time } from '../../ui/time.tsx'
import { FlowFilter, useFlowNames } from './flow-filter.tsx'
import { PERIODS, sinceOf } from './period.ts'

const STATES = ['queued', 'running', 'succeeded', 'failed', 'cancelled'] as const
const KINDS = ['run', 'build', 'webhook', 'workflow'] as const
const FILTERS = { flow: '', status: 'any', kind: 'any', period: 'any', session: '' } as const

/** All runs of the user's flows (M-05). */
export function RunsPage(): ReactNode {
  const { t } = useTranslation('monitor')
  const [state, setState] = useListState<Record<keyof typeof FILTERS, string>>(FILTERS)
  const status = STATES.find((one) => one === state.status)
  const kind = KINDS.find((one) => one === state.kind)
  const since = sinceOf(state.period, Date.now())
  const query = useInfiniteQuery(
    runsQuery({
      ...(state.flow && { flow_id: state.flow }),
      ...(state.session && { session_id: state.session }),
      ...(status && { status }),
      ...(kind && { kind }),
      ...(since && { since }),
    }),
  )
  const runs = query.data?.pages.flatMap((page) => page.runs) ?? []
  const selection = useSelection(runs.map(({ id }) => id))
  const isFiltered = Object.entries(FILTERS).some(([name, value]) => Reflect.get(state, name) !== value)

  async function remove(): Promise<void> {
    const count = selection.ids.size
    const yes = await confirm({
      title: t('runs.remove', { count }),
      text: t('runs.removeText'),
      confirm: t('runs.removeConfirm', { count }),
      danger: true,
    })
    if (!yes) return
    const worked = await attempt(t('failed'), () => client.call(deleteRuns, { body: [...selection.ids] }))
    if (worked) notify('success', t('runs.removed', { count }))
    selection.clear()
    await runsChanged()
  }

  return (
    <div className="flex flex-col pb-6">
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
        <Select
          label={t('period.label')}
          value={state.period}
          options={PERIODS.map((value) => ({ value, label: t(`period.${value}`) }))}
          onChange={(period) => setState({ period })}
        />
        {isFiltered ? (
          <Button look="ghost" onClick={() => setState(FILTERS)}>
            {t('clearFilters')}
          </Button>
        ) : null}
      </div>
      {query.isPending ? <Skeleton className="h-60" /> : null}
      {query.error ? <ErrorState error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.isSuccess && runs.length === 0 ? (
        <EmptyState
          icon={<Activity size={32} />}
          title={isFiltered ? t('runs.noneMatch') : t('runs.none')}
          hint={isFiltered ? undefined : t('runs.noneHint')}
        />
      ) : null}
      {runs.length > 0 ? <RunTable runs={runs} selection={selection} /> : null}
      {query.hasNextPage ? (
        <Button
          className="mt-3 self-center"
          disabled={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t('more')}
        </Button>
      ) : null}
      <BulkBar count={selection.ids.size} label={t('runs.bulk')} onClear={selection.clear}>
        <Button look="danger" onClick={() => void remove()}>
          <Trash2 size={14} />
          {t('delete')}
        </Button>
      </BulkBar>
    </div>
  )
}

interface RunTableProps {
  readonly runs: readonly RunRead[]
  readonly selection: Selection
}

function RunTable({ runs, selection }: RunTableProps): ReactNode {
  const { t, i18n } = useTranslation('monitor')
  const names = useFlowNames()
  return (
    <Table label={t('tabs.runs')}>
      <HeadRow>
        <Head className="w-10 pr-0">
          <Checkbox
            checked={selection.ids.size === 0 ? false : selection.ids.size === runs.length ? true : 'indeterminate'}
            label={t('selectAll')}
            onChange={(all) => selection.set(all ? runs.map(({ id }) => id) : [])}
          />
        </Head>
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
        {runs.map((run) => (
          <Row key={run.id} aria-selected={selection.has(run.id)} data-testid={`run-${run.id}`}>
            <Cell className="pr-0">
              <Checkbox
                checked={selection.has(run.id)}
                label={t('runs.select', { id: run.id.slice(-6) })}
                onClick={(event) => selection.toggle(run.id, event)}
              />
            </Cell>
            <Cell>
              <RunStatus status={run.status} />
            </Cell>
            <Cell className="max-w-56">
              <Link
                to="/monitor/runs/$runId"
                params={{ runId: run.id }}
                className="block min-h-6 truncate font-medium leading-6 hover:underline"
              >
                {names.get(run.flow_id) ?? run.flow_id}
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
        ))}
      </tbody>
    </Table>
  )
}
