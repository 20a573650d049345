import { ListTree, SquareArrowOutUpRight, Table2 } from 'lucide-react'
import { type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useWorkspace, useWorkspaceUi } from '../editor/editor-context.tsx'
import { IconButton } from '../ui/button.tsx'
import { lazily } from '../ui/lazily.ts'

const BatchDialog = lazily(async () => (await import('./batch/batch-dialog.tsx')).BatchDialog)

/** Says in the address that the panel has the window for itself. */
export const OWN_WINDOW = 'window'

const isOwnWindow = (): boolean => new URLSearchParams(location.search).get('chat') === OWN_WINDOW
/** Whether this window was opened for the chat alone. */
export const hasOwnWindow: boolean = typeof location !== 'undefined' && isOwnWindow()

/** Shows and hides how the run goes, node by node, below the canvas. */
export function TraceToggle({ onShow }: { readonly onShow: () => void }): ReactNode {
  const { t } = useTranslation('playground')
  const { ui } = useWorkspace()
  const isShown = useWorkspaceUi(({ isDockOpen, dockTab }) => isDockOpen && dockTab === 'timeline')
  const toggle = (): void => {
    ui.setState(isShown ? { isDockOpen: false } : { isDockOpen: true, dockTab: 'timeline' })
    if (!isShown) onShow()
  }
  return (
    <IconButton label={t('trace')} aria-pressed={isShown} onClick={toggle} data-testid="trace-toggle">
      <ListTree size={16} />
    </IconButton>
  )
}

/** Opens the runs of the flow on the rows of a file. */
export function BatchButton(): ReactNode {
  const { t } = useTranslation('playground')
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <IconButton label={t('batch')} onClick={() => setOpen(true)} data-testid="open-batch">
        <Table2 size={16} />
      </IconButton>
      {isOpen ? (
        <Suspense fallback={null}>
          <BatchDialog onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  )
}

/** Moves the chat into a window of its own. */
export function PopOut({ onOut }: { readonly onOut: () => void }): ReactNode {
  const { t } = useTranslation('playground')
  const { flowId } = useWorkspace()
  const open = (): void => {
    const address = `/flow/${flowId}?panel=playground&chat=${OWN_WINDOW}`
    // A browser that opens no windows keeps the panel where it is.
    if (window.open(address, `runnel-chat-${flowId}`, 'popup,width=560,height=840')) onOut()
  }
  return (
    <IconButton label={t('popOut')} onClick={open} data-testid="playground-pop-out">
      <SquareArrowOutUpRight size={15} />
    </IconButton>
  )
}
