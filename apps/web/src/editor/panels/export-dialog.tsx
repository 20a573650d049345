import type { FlowRead } from '@runnel/protocol/flows'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field, TextArea, TextInput } from '../../ui/input.tsx'
import { Switch } from '../../ui/switch.tsx'
import { useWorkspace, useWorkspaceUi } from '../editor-context.tsx'
import { printFlowFile } from '../export-flow.ts'

/** Saves the flow as a file Langflow reads too; without secrets unless asked for. */
export function ExportDialog({ flow }: { readonly flow: FlowRead }): ReactNode {
  const { t } = useTranslation('editor')
  const { ui, editor } = useWorkspace()
  const isOpen = useWorkspaceUi(({ dialog }) => dialog === 'export')
  const [name, setName] = useState(flow.name)
  const [description, setDescription] = useState(flow.description ?? '')
  const [withKeys, setWithKeys] = useState(false)
  const close = (): void => ui.setState({ dialog: undefined })
  const save = (): void => {
    const text = printFlowFile({ ...flow, name, description }, editor.getDocument(), withKeys)
    const link = document.createElement('a')
    link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
    link.download = `${name}.json`
    link.click()
    URL.revokeObjectURL(link.href)
    close()
  }
  return (
    <Dialog
      open={isOpen}
      onOpenChange={close}
      title={t('export.title')}
      footer={
        <>
          <Button onClick={close}>{t('export.cancel')}</Button>
          <Button look="primary" disabled={name.trim() === ''} onClick={save} data-testid="modal-export-button">
            {t('export.save')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <Field label={t('export.name')}>
          <TextInput value={name} onChange={(event) => setName(event.target.value)} />
        </Field>
        <Field label={t('export.description')}>
          <TextArea rows={3} value={description} onChange={(event) => setDescription(event.target.value)} />
        </Field>
        <div className="flex items-center gap-3 text-sm">
          <Switch label={t('export.withKeys')} checked={withKeys} onChange={setWithKeys} />
          <span>
            {t('export.withKeys')}
            <span className="block text-text-muted text-xs">{t('export.withKeysHint')}</span>
          </span>
        </div>
      </div>
    </Dialog>
  )
}
