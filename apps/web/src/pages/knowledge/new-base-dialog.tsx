import { createKnowledgeBase } from '@runnel/protocol/knowledge-bases'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../api/client.ts'
import { knowledgeChanged } from '../../api/knowledge.ts'
import { modelOptionsQuery } from '../../api/models.ts'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { Field, Labelled, TextInput } from '../../ui/input.tsx'
import { Select } from '../../ui/select.tsx'

const SEPARATOR = '\u0000'

export interface NewBaseDialogProps {
  readonly onClose: () => void
  /** Told its id. */
  readonly onMade: (id: string) => void
}

/** A name, and the model that embeds its texts; that cannot be changed afterwards. */
export function NewBaseDialog({ onClose, onMade }: NewBaseDialogProps): ReactNode {
  const { t } = useTranslation('knowledge')
  const { data: models = [] } = useQuery(modelOptionsQuery('embeddings'))
  const [name, setName] = useState('')
  const [chosen, setChosen] = useState<string>()
  const model = chosen ?? (models[0] ? models[0].provider + SEPARATOR + models[0].name : undefined)

  async function make(): Promise<void> {
    const [embedding_provider = '', embedding_model = ''] = (model ?? '').split(SEPARATOR)
    const { id } = await client.call(createKnowledgeBase, {
      body: { name: name.trim(), embedding_provider, embedding_model },
    })
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
      <Labelled label={t('model')}>
        {models.length > 0 ? (
          <Select
            label={t('model')}
            value={model}
            options={models.map((one) => ({
              value: one.provider + SEPARATOR + one.name,
              label: `${one.provider} · ${one.name}`,
            }))}
            onChange={setChosen}
          />
        ) : (
          <p className="text-sm text-text-muted">
            {t('new.noModel')}{' '}
            <Link to="/settings/$section" params={{ section: 'model-providers' }} className="text-accent underline">
              {t('new.configure')}
            </Link>
          </p>
        )}
      </Labelled>
    </FormDialog>
  )
}
