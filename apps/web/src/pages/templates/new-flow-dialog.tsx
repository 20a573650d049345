import type { FlowRead } from '@runnel/protocol/flows'
import { FilePlus } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TemplateGallery } from './template-gallery.tsx'
import { GALLERY_AT_FIRST } from './templates.ts'

export interface NewFlowDialogProps {
  readonly onChoose: (template: FlowRead) => void
  readonly onBlank: () => void
  readonly onClose: () => void
}

/** All templates, to begin a flow with one of them or with nothing. */
export function NewFlowDialog({ onChoose, onBlank, onClose }: NewFlowDialogProps): ReactNode {
  const { t } = useTranslation('templates')
  const [state, setState] = useState(GALLERY_AT_FIRST)
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
          <Button look="primary" onClick={onBlank}>
            <FilePlus size={16} />
            {t('newFlow.blank')}
          </Button>
        </>
      }
    >
      <TemplateGallery state={state} onState={setState} onChoose={onChoose} />
    </Dialog>
  )
}
