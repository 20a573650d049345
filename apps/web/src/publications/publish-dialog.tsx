import type { FlowRead } from '@runnel/protocol/flows'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { publicationQuery } from '../api/publications.ts'
import { useWorkspace } from '../editor/editor-context.tsx'
import type { Autosave } from '../editor/saving/autosave.ts'
import { Dialog } from '../ui/dialog.tsx'
import { ErrorState, Skeleton } from '../ui/status.tsx'
import { ChoiceTabs } from '../ui/tabs.tsx'
import { CallPanel } from './call-panel.tsx'
import { PublishForm } from './publish-form.tsx'
import { ServingForm } from './serving-form.tsx'
import { useRestore } from './use-restore.ts'
import { VersionsPanel } from './versions-panel.tsx'

const TABS = ['publish', 'call', 'versions', 'serving'] as const
type Tab = (typeof TABS)[number]

export interface PublishDialogProps {
  readonly flow: FlowRead
  readonly autosave: Autosave
}

/** Publishes the open flow, and shows how it is called and which versions there are. */
export function PublishDialog({ flow, autosave }: PublishDialogProps): ReactNode {
  const { t } = useTranslation('api')
  const { ui } = useWorkspace()
  const { data: publication, isPending, error, refetch } = useQuery(publicationQuery(flow.id))
  const restore = useRestore(autosave)
  const [tab, setTab] = useState<Tab>('publish')
  /** The version that was just made. */
  const [made, setMade] = useState<number>()
  return (
    <Dialog
      open
      onOpenChange={() => ui.setState({ dialog: undefined })}
      title={t('publish.title')}
      description={flow.name}
      width="lg"
      testId="publish-dialog"
    >
      {publication ? (
        <ChoiceTabs
          label={t('publish.title')}
          value={tab}
          tabs={TABS.map((value) => ({
            value,
            label: t(`publish.tabs.${value}`),
            testId: `publish-tab-${value}`,
          }))}
          onChange={setTab}
          className="mb-4"
        />
      ) : null}
      {isPending ? <Skeleton className="h-40" /> : null}
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {publication !== undefined && tab === 'publish' ? (
        <PublishForm
          flowId={flow.id}
          autosave={autosave}
          publication={publication}
          onPublished={(version) => {
            setMade(version)
            setTab('call')
          }}
        />
      ) : null}
      {publication && tab === 'call' ? <CallPanel flow={publication} isNew={made === publication.version} /> : null}
      {publication && tab === 'versions' ? (
        <VersionsPanel publication={publication} onRestore={(version) => void restore(version)} />
      ) : null}
      {publication && tab === 'serving' ? <ServingForm flow={publication} /> : null}
    </Dialog>
  )
}
