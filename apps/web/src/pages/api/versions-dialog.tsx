import type { Publication } from '@runnel/protocol/publications'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { publicationQuery } from '../../api/publications.ts'
import { VersionsPanel } from '../../publications/versions-panel.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorState, TableSkeleton } from '../../ui/status.tsx'

export interface VersionsDialogProps {
  readonly flow: Publication
  readonly onClose: () => void
}

/** The versions of a published flow, away from its editor. */
export function VersionsDialog({ flow, onClose }: VersionsDialogProps): ReactNode {
  const { t } = useTranslation('api')
  const { data, isPending, error, refetch } = useQuery(publicationQuery(flow.flow_id))
  return (
    <Dialog open onOpenChange={onClose} title={t('versions.title', { name: flow.name })} width="lg">
      {isPending ? <TableSkeleton /> : null}
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {data ? <VersionsPanel publication={data} /> : null}
    </Dialog>
  )
}
