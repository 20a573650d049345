import { deleteBuilds } from '@runnel/protocol/monitor'
import { useQuery } from '@tanstack/react-query'
import { Boxes, ChevronRight, Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../api/client.ts'
import { buildsChanged, buildsQuery } from '../../api/monitor.ts'
import { useListState } from '../../app/list-state.ts'
import { attempt } from '../../ui/attempt.ts'
import { Button } from '../../ui/button.tsx'
import { confirm } from '../../ui/confirm.tsx'
import { durationText } from '../../ui/duration.ts'
import { JsonBlock } from '../../ui/json-block.tsx'
import { StateIcon } from '../../ui/state-icon.tsx'
import { EmptyState, ErrorState, TableSkeleton } from '../../ui/status.tsx'
import { Time } from '../../ui/time.tsx'
import { FlowFilter } from './flow-filter.tsx'
import { NodeName } from './node-name.tsx'
import { useNodeNames } from './use-node-names.ts'

/** What the server says of a node that tells nothing of its own. */
const NOTHING = 'None'

/** The last result of each node of a flow. */
export function BuildsPage(): ReactNode {
  const { t, i18n } = useTranslation('monitor')
  const [{ flow }, setState] = useListState({ flow: '' })
  const names = useNodeNames(flow)
  const { data: builds, isLoading, error, refetch } = useQuery(buildsQuery(flow))

  async function clear(): Promise<void> {
    const yes = await confirm({
      title: t('builds.clearTitle'),
      text: t('builds.clearText'),
      confirm: t('builds.clear'),
      danger: true,
    })
    if (!yes) return
    await attempt(t('failed'), () => client.call(deleteBuilds, { query: { flow_id: flow } }))
    await buildsChanged()
  }

  return (
    <div className="flex flex-col pb-6">
      <div className="mb-3 flex items-center justify-between gap-2">
        <FlowFilter required value={flow} onChange={(chosen) => setState({ flow: chosen })} />
        <Button disabled={!builds?.length} onClick={() => void clear()}>
          <Trash2 size={14} />
          {t('builds.clear')}
        </Button>
      </div>
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {isLoading ? <TableSkeleton /> : null}
      {flow === '' ? <EmptyState icon={<Boxes size={32} />} title={t('chooseFlowHint')} /> : null}
      {builds?.length === 0 ? <EmptyState title={t('noData')} hint={t('builds.noneHint')} /> : null}
      <ul className="divide-y divide-border rounded-lg border border-border empty:hidden">
        {builds?.map((build) => (
          <li key={build.id}>
            <details className="group">
              <summary className="flex min-h-10 cursor-pointer items-center gap-3 px-3 text-sm hover:bg-surface-muted">
                <ChevronRight size={14} className="shrink-0 transition-transform group-open:rotate-90" />
                <StateIcon
                  state={build.valid ? 'ok' : 'error'}
                  size={14}
                  label={t(build.valid ? 'status.succeeded' : 'status.failed')}
                />
                <span className="min-w-0 flex-1 truncate font-medium">
                  <NodeName id={build.id} names={names} />
                </span>
                <span className="text-text-muted tabular-nums">
                  {durationText(build.data.timedelta * 1000, i18n.language)}
                </span>
                <span className="w-32 text-right text-text-muted">
                  <Time at={build.timestamp} />
                </span>
              </summary>
              <div className="grid gap-3 px-3 pb-4 pl-10 lg:grid-cols-2">
                {build.params === NOTHING ? null : <JsonBlock label={t('builds.params')} value={build.params} />}
                <JsonBlock label={t('outputs')} value={build.data.outputs} />
                <JsonBlock label={t('builds.artifacts')} value={build.artifacts} />
                <JsonBlock label={t('steps.logs')} value={build.data.logs} />
              </div>
            </details>
          </li>
        ))}
      </ul>
    </div>
  )
}
