import { type ModelType, removeDefaultModel, setDefaultModel } from '@runnel/protocol/models'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../api/client.ts'
import { defaultModelQuery, modelOptionsQuery, modelsChanged } from '../api/models.ts'
import { attempt } from '../ui/attempt.ts'
import { Select } from '../ui/select.tsx'

/** Stands for no default; a name of a model holds no such text. */
const NONE = '(none)'
const SEPARATOR = '\u0000'

/** The model that nodes without one use. */
export function DefaultModel({ type }: { readonly type: ModelType }): ReactNode {
  const { t } = useTranslation('models')
  const { data: options = [] } = useQuery(modelOptionsQuery(type))
  const { data: chosen } = useQuery(defaultModelQuery(type))
  const label = type === 'language' ? t('default.language') : t('default.embeddings')

  async function choose(value: string): Promise<void> {
    const [provider = '', model_name = ''] = value.split(SEPARATOR)
    await attempt(t('default.failed'), () =>
      value === NONE
        ? client.call(removeDefaultModel, { query: { model_type: type } })
        : client.call(setDefaultModel, { body: { provider, model_name, model_type: type } }),
    )
    await modelsChanged()
  }

  const known = options.map(({ provider, name }) => ({ provider, name }))
  // A default may be of a provider whose key is gone; it still is the default.
  const isKnown = known.some(({ provider, name }) => provider === chosen?.provider && name === chosen.model_name)
  const all = chosen && !isKnown ? [{ provider: chosen.provider, name: chosen.model_name }, ...known] : known
  return (
    <div className="flex min-w-60 flex-1 flex-col gap-1">
      <span className="font-medium text-sm">{label}</span>
      <Select
        label={label}
        value={chosen ? chosen.provider + SEPARATOR + chosen.model_name : NONE}
        disabled={all.length === 0}
        options={[
          { value: NONE, label: all.length === 0 ? t('default.needsProvider') : t('default.none') },
          ...all.map(({ provider, name }) => ({
            value: provider + SEPARATOR + name,
            label: `${provider} · ${name}`,
          })),
        ]}
        onChange={(value) => void choose(value)}
        className="w-full"
      />
    </div>
  )
}
