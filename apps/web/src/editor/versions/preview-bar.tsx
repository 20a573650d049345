import { Eye } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'
import { notify, notifyError } from '../../ui/notifications.tsx'
import type { Workspace } from '../editor-context.tsx'
import type { Autosave } from '../saving/autosave.ts'
import type { WorkspaceUi } from '../workspace-ui.ts'
import { restore } from './restore.ts'

export interface PreviewBarProps {
  /** The flow itself, not what is looked at. */
  readonly workspace: Workspace
  readonly autosave: Autosave
  readonly preview: NonNullable<WorkspaceUi['preview']>
}

/** Says that a version is looked at, and leads back to the flow, with the version or without. */
export function PreviewBar({ workspace, autosave, preview }: PreviewBarProps): ReactNode {
  const { t } = useTranslation('workspace')
  const close = (): void => workspace.ui.setState({ preview: undefined })
  const isLocked = workspace.editor.store.getState().isLocked

  async function take(): Promise<void> {
    try {
      const isDone = await restore(workspace, autosave, preview.versionId)
      if (!isDone) return void notifyError(t('versions.notSaved'))
      close()
      notify('success', t('versions.restored', { name: preview.name }))
    } catch (error) {
      notifyError(t('versions.failed'), error)
    }
  }
  return (
    <div
      role="status"
      data-testid="version-preview"
      className="flex flex-wrap items-center justify-center gap-3 bg-info-soft px-4 py-1.5 text-info text-sm"
    >
      <Eye size={14} />
      <span>{t('versions.previewing', { name: preview.name })}</span>
      <Button size="sm" disabled={isLocked} onClick={() => void take()} data-testid="restore-preview">
        {t('versions.restoreThis')}
      </Button>
      <Button size="sm" look="primary" onClick={close} data-testid="close-preview">
        {t('versions.back')}
      </Button>
    </div>
  )
}
