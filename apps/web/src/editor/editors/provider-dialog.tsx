import type { ProviderRead } from '@runnel/protocol/models'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ProviderForm } from '../../models/provider-form.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ComponentIcon } from '../component-icon.tsx'

export interface ProviderDialogProps {
  readonly provider: ProviderRead
  readonly onClose: () => void
  /** Its models can be used now. */
  readonly onSaved: () => void
}

/** Sets a model provider up without leaving the flow. */
export function ProviderDialog({ provider, onClose, onSaved }: ProviderDialogProps): ReactNode {
  const { t } = useTranslation('fields')
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={
        <span className="flex items-center gap-2">
          <ComponentIcon name={provider.icon} size={18} />
          {t('provider.title', { provider: provider.provider })}
        </span>
      }
      description={t('provider.hint')}
      width="md"
      testId="provider-dialog"
    >
      <ProviderForm
        provider={provider}
        onSaved={() => {
          onSaved()
          onClose()
        }}
      />
    </Dialog>
  )
}
