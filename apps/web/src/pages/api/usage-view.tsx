import { useQuery } from '@tanstack/react-query'
import { ChartColumn, Download } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { apiKeysQuery } from '../../api/api-keys.ts'
import { type UsageFilter, usageFile, usageQuery } from '../../api/usage.ts'
import { useListState } from '../../app/list-state.ts'
import { attempt } from '../../ui/attempt.ts'
import { Button } from '../../ui/button.tsx'
import { saveFile } from '../../ui/file-drop.tsx'
import { Select } from '../../ui/select.tsx'
import { EmptyState, ErrorState, Skeleton } from '../../ui/status.tsx'
import { FlowFilter } from '../monitor/flow-filter.tsx'
import { FailedCalls } from './failed-calls.tsx'
import { UsageCharts } from './usage-charts.tsx'
import { firstDay } from './usage-days.ts'
import { UsageTable } from './usage-table.tsx'
import { UsageTotals } from './usage-totals.tsx'

const PERIODS = ['7', '30', '90'] as const
const ALL = 'all'
/** What the server calls calls without a key. */
const NO_KEY = 'none'
const DEFAULTS = { days: '30', flow: '', key: ALL }

/** How much flows are called: by day, flow and key. */
export function UsageView(): ReactNode {
  const { t } = useTranslation('api')
  const [state, setState] = useListState(DEFAULTS)
  const days = PERIODS.find((one) => one === state.days) ?? '30'
  const filter: UsageFilter = {
    from: firstDay(Number(days), Date.now()),
    ...(state.flow && { flow_id: state.flow }),
    ...(state.key !== ALL && { key_id: state.key }),
  }
  const { data: keys = [] } = useQuery(apiKeysQuery)
  const byDay = useQuery(usageQuery(filter, 'day'))
  const { data: byFlow } = useQuery(usageQuery(filter, 'flow'))
  const { data: byKey } = useQuery(usageQuery(filter, 'key'))
  const usage = byDay.data
  const isEmpty = usage?.total.calls === 0 && usage.total.limited === 0
  const download = (): Promise<boolean> =>
    attempt(t('usage.failed'), async () => saveFile(await usageFile(filter), 'usage.csv'))
  return (
    <div className="flex flex-col gap-4 pb-8">
      <div className="flex flex-wrap items-center gap-2">
        <Select
          label={t('usage.period')}
          value={days}
          options={PERIODS.map((value) => ({ value, label: t('usage.days', { count: Number(value) }) }))}
          onChange={(chosen) => setState({ days: chosen })}
        />
        <FlowFilter value={state.flow} onChange={(flow) => setState({ flow })} />
        <Select
          label={t('usage.key')}
          value={state.key}
          options={[
            { value: ALL, label: t('usage.allKeys') },
            ...keys.map(({ id, name }) => ({ value: id, label: name ?? id })),
            { value: NO_KEY, label: t('usage.noKey') },
          ]}
          onChange={(key) => setState({ key })}
          className="max-w-64"
        />
        <Button className="ml-auto" onClick={() => void download()} data-testid="usage-csv">
          <Download size={14} />
          {t('usage.download')}
        </Button>
      </div>
      {byDay.isPending ? <Skeleton className="h-60" /> : null}
      {byDay.error ? <ErrorState error={byDay.error} onRetry={() => void byDay.refetch()} /> : null}
      {usage && isEmpty ? (
        <EmptyState icon={<ChartColumn size={32} />} title={t('usage.none')} hint={t('usage.noneHint')} />
      ) : null}
      {usage && !isEmpty ? (
        <>
          <UsageTotals total={usage.total} />
          <UsageCharts rows={usage.rows} total={usage.total} from={usage.from} to={usage.to} />
          <FailedCalls filter={filter} />
          {byFlow ? (
            <UsageTable
              title={t('usage.byFlow')}
              first={t('usage.flow')}
              rows={byFlow.rows.map((row) => ({
                ...row,
                name: row.flow_name ?? t('usage.deletedFlow'),
                id: row.flow_id,
              }))}
            />
          ) : null}
          {byKey ? (
            <UsageTable
              title={t('usage.byKey')}
              first={t('usage.key')}
              rows={byKey.rows.map((row) => ({
                ...row,
                name: row.key_name ?? (row.key_id === null ? t('usage.noKey') : t('usage.deletedKey')),
                id: row.key_id,
              }))}
            />
          ) : null}
          <UsageTable
            title={t('usage.byDay')}
            first={t('usage.day')}
            rows={usage.rows.map((row) => ({ ...row, name: row.day ?? '', id: row.day })).toReversed()}
          />
        </>
      ) : null}
    </div>
  )
}
