import type { AlertRead } from '@runnel/protocol/alerts'
import { useQuery } from '@tanstack/react-query'
import { BellRing, Plus } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { alertsQuery } from '../../../api/alerts.ts'
import { projectsQuery } from '../../../api/projects.ts'
import { Button } from '../../../ui/button.tsx'
import { EmptyState, ErrorState, TableSkeleton } from '../../../ui/status.tsx'
import { useFlowNames } from '../flow-filter.tsx'
import { AlertDialog } from './alert-dialog.tsx'
import { AlertTable } from './alert-table.tsx'
import { EventList } from './event-list.tsx'

/** Who is told when runs fail too often, take too long, cost too much, or do not come. */
export function AlertsPage(): ReactNode {
  const { t } = useTranslation('alerts')
  const { data, isLoading, error, refetch } = useQuery(alertsQuery)
  const flowNames = useFlowNames()
  const { data: projects = [] } = useQuery(projectsQuery)
  /** `new` for one that is yet to be made. */
  const [edited, setEdited] = useState<AlertRead | 'new'>()

  function scopeOf({ flow_id, project_id }: AlertRead): string {
    if (flow_id !== null) return t('ofFlow', { name: flowNames.get(flow_id) ?? flow_id })
    if (project_id === null) return t('allRuns')
    return t('ofProject', { name: projects.find(({ id }) => id === project_id)?.name ?? project_id })
  }

  const add = (
    <Button look="primary" onClick={() => setEdited('new')} data-testid="new-alert">
      <Plus size={14} />
      {t('dialog.add')}
    </Button>
  )
  return (
    <div className="flex flex-col pb-6">
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {isLoading ? <TableSkeleton /> : null}
      {data?.alerts.length === 0 ? (
        <EmptyState icon={<BellRing size={32} />} title={t('none')} hint={t('noneHint')} actions={add} />
      ) : null}
      {data && data.alerts.length > 0 ? (
        <>
          <div className="mb-3 flex items-center justify-between gap-2">
            <p className="text-sm text-text-muted">{t('about')}</p>
            {add}
          </div>
          <AlertTable alerts={data.alerts} scopeOf={scopeOf} onEdit={setEdited} />
          <EventList events={data.events} alerts={data.alerts} />
        </>
      ) : null}
      {edited ? (
        <AlertDialog
          alert={edited === 'new' ? undefined : edited}
          canEmail={data?.can_email ?? false}
          onClose={() => setEdited(undefined)}
        />
      ) : null}
    </div>
  )
}
