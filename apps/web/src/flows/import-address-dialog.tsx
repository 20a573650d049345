import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../ui/form-dialog.tsx'
import { Field, TextInput } from '../ui/input.tsx'
import { type AddressFlow, flowsAt, isAddress } from './address-flows.ts'

export interface ImportAddressDialogProps {
  /** What the field begins with. */
  readonly address?: string
  /** Takes what was found. */
  readonly onFlows: (flows: readonly AddressFlow[]) => Promise<void> | void
  readonly onClose: () => void
}

/** Asks where a flow is, on another server or as a file, and fetches it. */
export function ImportAddressDialog({ address: given = '', onFlows, onClose }: ImportAddressDialogProps): ReactNode {
  const { t } = useTranslation('flows')
  const [address, setAddress] = useState(given)
  const [key, setKey] = useState('')
  return (
    <FormDialog
      title={t('fromAddress.title')}
      description={t('fromAddress.text')}
      submit={t('fromAddress.submit')}
      submitTestId="import-address-submit"
      testId="import-address"
      width="sm"
      disabled={!isAddress(address)}
      onSubmit={async () => onFlows(await flowsAt(address, key))}
      onClose={onClose}
    >
      <Field label={t('fromAddress.address')} hint={t('fromAddress.addressHint')} required>
        <TextInput
          autoFocus
          type="url"
          value={address}
          placeholder="https://langflow.example.com/flow/…"
          spellCheck={false}
          data-testid="import-address-url"
          onChange={(event) => setAddress(event.target.value)}
        />
      </Field>
      <Field label={t('fromAddress.key')} hint={t('fromAddress.keyHint')}>
        <TextInput
          type="password"
          value={key}
          autoComplete="off"
          data-testid="import-address-key"
          onChange={(event) => setKey(event.target.value)}
        />
      </Field>
    </FormDialog>
  )
}
