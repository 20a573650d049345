import { updateApiKey } from '@runnel/protocol/api-keys'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { apiKeysChanged, type ListedKey } from '../api/api-keys.ts'
import { client } from '../api/client.ts'
import { FormDialog } from '../ui/form-dialog.tsx'
import { draftOf, draftProblem, keyChanges } from './key-draft.ts'
import { KeyForm } from './key-form.tsx'

export interface EditKeyDialogProps {
  readonly apiKey: ListedKey
  readonly onClose: () => void
}

/** Changes what a key is called and what it may; its secret stays. */
export function EditKeyDialog({ apiKey, onClose }: EditKeyDialogProps): ReactNode {
  const { t } = useTranslation('api-keys')
  const [before] = useState(() => draftOf(apiKey))
  const [draft, setDraft] = useState(before)
  async function save(): Promise<void> {
    const body = keyChanges(before, draft, Date.now())
    if (Object.keys(body).length > 0) {
      await client.call(updateApiKey, { params: { api_key_id: apiKey.id }, body })
      await apiKeysChanged()
    }
  }
  return (
    <FormDialog
      title={t('edit.title')}
      description={t('edit.text')}
      submit={t('edit.save')}
      submitTestId="save-key"
      disabled={draft !== before && draftProblem(draft, Date.now()) !== undefined}
      onSubmit={save}
      onClose={onClose}
    >
      <KeyForm draft={draft} onChange={(part) => setDraft({ ...draft, ...part })} unnamed={before.name} />
    </FormDialog>
  )
}
