import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { componentText } from '../../i18n/component-text.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { useEditorState } from '../editor-context.tsx'
import { nodeOf } from '../model/flow-document.ts'
import { NodeFieldList } from './node-fields.tsx'

export interface ControlsDialogProps {
  readonly nodeId: string
  readonly onClose: () => void
}

/** All fields of a node in a dialog. */
export function ControlsDialog({ nodeId, onClose }: ControlsDialogProps): ReactNode {
  const { t } = useTranslation('fields')
  const node = useEditorState((state) => nodeOf(state.document, nodeId))
  if (!node) return null
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={componentText(node.data.node.display_name)}
      description={componentText(node.data.node.description) || undefined}
      width="md"
      tall
      testId="controls-dialog"
      footer={
        <Button look="primary" onClick={onClose} data-testid="edit-button-close">
          {t('done')}
        </Button>
      }
    >
      <div className="-mx-5">
        <NodeFieldList node={node} />
      </div>
    </Dialog>
  )
}
