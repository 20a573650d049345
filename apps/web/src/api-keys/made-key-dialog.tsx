import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { TextInput } from '../ui/input.tsx'

export interface MadeKeyDialogProps {
  readonly secret: string
  readonly onClose: () => void
}

/** Shows a key, for the only time. */
export function MadeKeyDialog({ secret, onClose }: MadeKeyDialogProps): ReactNode {
  const { t } = useTranslation('api-keys')
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('made.title')}
      description={t('made.text')}
      footer={
        <Button look="primary" onClick={onClose}>
          {t('made.done')}
        </Button>
      }
    >
      <div className="flex items-center gap-2">
        <TextInput
          readOnly
          value={secret}
          aria-label={t('key')}
          className="font-mono"
          onFocus={(event) => event.target.select()}
        />
        <CopyButton text={secret} testId="btn-copy-api-key" />
      </div>
    </Dialog>
  )
}
