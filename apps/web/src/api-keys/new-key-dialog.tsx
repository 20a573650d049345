import { createApiKey } from '@runnel/protocol/api-keys'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { apiKeysChanged } from '../api/api-keys.ts'
import { client } from '../api/client.ts'
import { Button } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import { Field, TextInput } from '../ui/input.tsx'
import { Select } from '../ui/select.tsx'

const DAY_MS = 86_400_000
const LIFETIMES = { never: undefined, week: 7, month: 30, year: 365 } as const
type Lifetime = keyof typeof LIFETIMES
const lifetimes: readonly Lifetime[] = ['never', 'week', 'month', 'year']

export interface NewKeyDialogProps {
  readonly onClose: () => void
  /** Told the key itself, once. */
  readonly onCreated?: (key: string) => void
}

/** Makes a key and shows it, for the only time. */
export function NewKeyDialog({ onClose, onCreated }: NewKeyDialogProps): ReactNode {
  const { t } = useTranslation('api-keys')
  const [name, setName] = useState('')
  const [lifetime, setLifetime] = useState<Lifetime>('never')
  const [key, setKey] = useState<string>()

  async function create(): Promise<void> {
    const days = LIFETIMES[lifetime]
    const expires_at = days === undefined ? null : new Date(Date.now() + days * DAY_MS).toISOString()
    const { api_key } = await client.call(createApiKey, { body: { name: name.trim() || t('unnamed'), expires_at } })
    await apiKeysChanged()
    setKey(api_key)
    onCreated?.(api_key)
  }

  if (key !== undefined) {
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
            value={key}
            aria-label={t('key')}
            className="font-mono"
            onFocus={(event) => event.target.select()}
          />
          <CopyButton text={key} testId="btn-copy-api-key" />
        </div>
      </Dialog>
    )
  }
  return (
    <FormDialog
      title={t('create')}
      submit={t('create')}
      submitTestId="secret_key_modal_submit_button"
      onSubmit={create}
      onClose={onClose}
      // The key is shown in its place.
      onDone={() => undefined}
    >
      <Field label={t('name')}>
        <TextInput
          value={name}
          onChange={(event) => setName(event.target.value)}
          placeholder={t('unnamed')}
          autoFocus
        />
      </Field>
      <div className="flex flex-col gap-1">
        <span className="font-medium text-sm">{t('expiry')}</span>
        <Select
          label={t('expiry')}
          value={lifetime}
          options={lifetimes.map((value) => ({ value, label: t(`lifetime.${value}`) }))}
          onChange={setLifetime}
        />
      </div>
    </FormDialog>
  )
}
