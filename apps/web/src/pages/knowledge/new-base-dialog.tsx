import { createKnowledgeBase, type KnowledgeBaseRead } from '@runnel/protocol/knowledge-bases'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../api/client.ts'
import { knowledgeChanged } from '../../api/knowledge.ts'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { Field, TextInput } from '../../ui/input.tsx'
import { EmbeddingChoice, type EmbeddingModel, useFirstEmbedding } from './embedding-choice.tsx'

export interface NewBaseDialogProps {
  readonly onClose: () => void
  /** What is to come of it; that of any new base unless said. */
  readonly title?: string
  readonly text?: string
  readonly onMade: (base: Pick<KnowledgeBaseRead, 'id' | 'name'>) => void
}

/** A name, and the model that embeds its texts. */
export function NewBaseDialog({ title, text, onClose, onMade }: NewBaseDialogProps): ReactNode {
  const { t } = useTranslation('knowledge')
  const first = useFirstEmbedding()
  const [name, setName] = useState('')
  const [chosen, setChosen] = useState<EmbeddingModel>()
  const model = chosen ?? first

  async function make(): Promise<void> {
    if (!model) return
    const base = await client.call(createKnowledgeBase, { body: { name: name.trim(), ...model } })
    await knowledgeChanged()
    onMade(base)
  }

  return (
    <FormDialog
      title={title ?? t('add')}
      description={text ?? t('new.text')}
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
