import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../../ui/dialog.tsx'
import { actionIds, printKeys, useKeys } from '../actions/shortcuts.ts'
import { useWorkspace, useWorkspaceUi } from '../editor-context.tsx'

/** The keys there are. They are changed in the settings. */
export function ShortcutsDialog(): ReactNode {
  const { t } = useTranslation('editor')
  const { ui } = useWorkspace()
  const isOpen = useWorkspaceUi(({ dialog }) => dialog === 'shortcuts')
  const keys = useKeys()
  return (
    <Dialog
      open={isOpen}
      onOpenChange={() => ui.setState({ dialog: undefined })}
      title={t('actions.shortcuts')}
      width="lg"
    >
      <dl className="grid grid-cols-1 gap-x-8 text-sm sm:grid-cols-2">
        {actionIds.map((id) => (
          <div key={id} className="flex items-center justify-between gap-4 border-border border-b py-1.5">
            <dt>{t(`actions.${id}`)}</dt>
            <dd className="text-text-muted">{keys[id].map((one) => printKeys(one)).join('  ')}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
