import { FilePlus } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFlowActions } from '../../flows/flow-actions.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { blankFlow, flowOfTemplate } from './new-flow.ts'
import { TemplateGallery } from './template-gallery.tsx'

export interface NewFlowDialogProps {
  readonly projectId: string | undefined
  readonly onClose: () => void
}

/** Begins a flow from a template or from nothing (N-22). */
export function NewFlowDialog({ projectId, onClose }: NewFlowDialogProps): ReactNode {
  const { t } = useTranslation('templates')
  const { create } = useFlowActions()
  const [isBusy, setBusy] = useState(false)
  const begin = async (flow: Parameters<typeof create>[0]): Promise<void> => {
    if (isBusy) return
    setBusy(true)
    await create(flow)
    setBusy(false)
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('newFlow.title')}
      description={t('newFlow.text')}
      width="xl"
      tall
      footer={
        <>
          <span className="mr-auto self-center text-sm text-text-muted">{t('newFlow.blankHint')}</span>
          <Button
            look="primary"
            data-testid="blank-flow"
            disabled={isBusy}
            onClick={() => void begin(blankFlow(t('newFlow.name'), projectId))}
          >
            <FilePlus size={16} />
            {t('newFlow.blank')}
          </Button>
        </>
      }
    >
      <TemplateGallery onChoose={(template) => void begin(flowOfTemplate(template, projectId))} />
    </Dialog>
  )
}
