import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { modelOptionsQuery } from '../../api/models.ts'
import { Labelled } from '../../ui/input.tsx'
import { Select } from '../../ui/select.tsx'

const SEPARATOR = '\u0000'

/** A model, as requests name it. */
export interface EmbeddingModel {
  readonly embedding_provider: string
  readonly embedding_model: string
}

export interface EmbeddingChoiceProps {
  /** Undefined: the first there is. */
  readonly value: EmbeddingModel | undefined
  readonly onChange: (model: EmbeddingModel) => void
}

/** The embedding models of the providers that are set up; undefined while there is none. */
export function useFirstEmbedding(): EmbeddingModel | undefined {
  const { data: [first] = [] } = useQuery(modelOptionsQuery('embeddings'))
  return first && { embedding_provider: first.provider, embedding_model: first.name }
}

/** Chooses the model that embeds texts, or leads to where one is set up. */
export function EmbeddingChoice({ value, onChange }: EmbeddingChoiceProps): ReactNode {
  const { t } = useTranslation('knowledge')
  const { data: models = [] } = useQuery(modelOptionsQuery('embeddings'))
  const options = models.map(({ provider, name }) => ({
    value: provider + SEPARATOR + name,
    label: `${provider} · ${name}`,
  }))
  const chosen = value && value.embedding_provider + SEPARATOR + value.embedding_model
  // A base may be of a provider whose key is gone.
  const isKnown = options.some((option) => option.value === chosen)
  const label = value && `${value.embedding_provider} · ${value.embedding_model}`
  return (
    <Labelled label={t('model')}>
      {models.length > 0 ? (
        <Select
          label={t('model')}
          value={chosen}
          options={chosen && label && !isKnown ? [{ value: chosen, label }, ...options] : options}
          onChange={(next) => {
            const [embedding_provider = '', embedding_model = ''] = next.split(SEPARATOR)
            onChange({ embedding_provider, embedding_model })
          }}
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
  )
}
