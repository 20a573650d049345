import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../ui/dialog.tsx'
import { FlowSettingsForm, type FlowSettingsFormProps } from './flow-settings-form.tsx'

/** The settings of a flow that is not open. */
export function FlowSettingsDialog(props: FlowSettingsFormProps): ReactNode {
  const { t } = useTranslation('flows')
  return (
    <Dialog open onOpenChange={props.onClose} title={t('settings.title')}>
      <FlowSettingsForm {...props} />
    </Dialog>
  )
}
