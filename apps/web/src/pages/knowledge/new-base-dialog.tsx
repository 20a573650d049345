import { createKnowledgeBase } from '@runnel/protocol/knowledge-bases'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../api/client.ts'
import { knowledgeChanged } from '../../api/knowledge.ts'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { Field, TextInput } from '../../ui/input.tsx'
import { EmbeddingChoice, type EmbeddingModel, useFirstEmbedding } from './embedding-choice.tsx'

export interface NewBaseDialogProps {
  readonly onClose: () => void
  /** Told its id. */
  readonly onMade: (id: string) => void
}

/** A name, and the model that embeds its texts. */
export function NewBaseDialog({ onClose, onMade }: NewBaseDialogProps): ReactNode {
  const { t } = useTranslation('knowledge')
  const first = useFirstEmbedding()
  const [name, setName] = useState('')
  const [chosen, setChosen] = useState<EmbeddingModel>()
  const model = chosen ?? first

  async function make(): Promise<void> {
    if (!model) return
    const { id } = await client.call(createKnowledgeBase, { body: { name: name.trim(), ...model } })
    await knowledgeChanged()
    onMade(id)
  }

  return (
    <FormDialog
      title={t('add')}
      description={t('new.text')}
      submit={t('new.make')}
      disabled={name.trim().length < 3 || model === undefined}
      onSubmit={make}
      onClose={onClose}
    >
      <Field label={t('name')} required hint={t('new.nameHint')}>
        <TextInput value={name} maxLength={63} autoFocus onChange={(event) => setName(event.target.value)} />
      </Field>
      <EmbeddingChoice value={model} onChange={setChosen} />
    </FormDialog>
  )
}
