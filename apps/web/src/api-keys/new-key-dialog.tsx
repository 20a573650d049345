import { createApiKey } from '@runnel/protocol/api-keys'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { apiKeysChanged, apiKeysQuery } from '../api/api-keys.ts'
import { client } from '../api/client.ts'
import { FormDialog } from '../ui/form-dialog.tsx'
import { draftProblem, type KeyDraft, keyBody, newKeyDraft } from './key-draft.ts'
import { KeyForm } from './key-form.tsx'
import { MadeKeyDialog } from './made-key-dialog.tsx'

export interface NewKeyDialogProps {
  readonly onClose: () => void
  /** What the key may do unless chosen otherwise; everything, as Langflow's keys. */
  readonly access?: KeyDraft['access']
  /** Told the key itself, once. */
  readonly onCreated?: (key: string) => void
}

/** Makes a key and shows it, for the only time. */
export function NewKeyDialog({ onClose, access = 'manage', onCreated }: NewKeyDialogProps): ReactNode {
  const { t } = useTranslation('api-keys')
  const { data: keys = [] } = useQuery(apiKeysQuery)
  const [draft, setDraft] = useState(() => newKeyDraft(access))
  const [key, setKey] = useState<string>()
  const unnamed = t('unnamed', { number: keys.length + 1 })

  async function create(): Promise<void> {
    const body = { name: draft.name.trim() || unnamed, ...keyBody(draft, Date.now()) }
    const { api_key } = await client.call(createApiKey, { body })
    await apiKeysChanged()
    setKey(api_key)
    onCreated?.(api_key)
  }

  if (key !== undefined) return <MadeKeyDialog secret={key} onClose={onClose} />
  return (
    <FormDialog
      title={t('create')}
      submit={t('create')}
      submitTestId="secret_key_modal_submit_button"
      disabled={draftProblem(draft, Date.now()) !== undefined}
      onSubmit={create}
      onClose={onClose}
      // The key is shown in its place.
      onDone={() => undefined}
    >
      <KeyForm draft={draft} onChange={(part) => setDraft({ ...draft, ...part })} unnamed={unnamed} />
    </FormDialog>
  )
}
