import { useQuery } from '@tanstack/react-query'
import { useBlocker } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { configQuery } from '../../api/server-info.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { useWorkspace } from '../editor-context.tsx'
import type { Autosave } from './autosave.ts'
import { dropDraft } from './local-draft.ts'

/** Leaving waits so long for what is being saved. */
const PATIENCE_MS = 2000

/** Nobody leaves a flow without its changes unasked: where it saves itself it saves, where it does not it asks. */
export function LeaveGuard({ autosave }: { readonly autosave: Autosave }): ReactNode {
  const { t } = useTranslation('editor')
  const { flowId } = useWorkspace()
  const { data: config } = useQuery(configQuery)
  const savesItself = config?.auto_saving !== false
  const isUnsaved = (): boolean => autosave.store.getState().kind !== 'saved'
  const { status, proceed, reset } = useBlocker({
    withResolver: true,
    enableBeforeUnload: () => !savesItself && isUnsaved(),
    async shouldBlockFn({ current, next }) {
      if (current.pathname === next.pathname || !isUnsaved()) return false
      if (!savesItself) return true
      // What is not through by then is kept in this browser.
      await Promise.race([autosave.flush(), new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))])
      return false
    },
  })
  if (status !== 'blocked') return null
  const saveAndLeave = async (): Promise<void> => {
    if (await autosave.save()) proceed()
    else reset()
  }
  return (
    <Dialog
      open
      onOpenChange={reset}
      title={t('leave.title')}
      width="sm"
      testId="leave-dialog"
      footer={
        <>
          <Button onClick={reset}>{t('leave.cancel')}</Button>
          <Button onClick={() => void dropDraft(flowId).then(proceed)} data-testid="leave-unsaved">
            {t('leave.leave')}
          </Button>
          <Button look="primary" onClick={() => void saveAndLeave()} data-testid="save-and-leave">
            {t('leave.save')}
          </Button>
        </>
      }
    >
      <p className="text-sm">{t('leave.text')}</p>
    </Dialog>
  )
}
