import { type ProviderRead, setEnabledModels } from '@runnel/protocol/models'
import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../api/client.ts'
import { discoveredModelsQuery, embeddingProvidersQuery, enabledModelsQuery, modelsChanged } from '../api/models.ts'
import { attempt } from '../ui/attempt.ts'
import { Button } from '../ui/button.tsx'
import { TextInput } from '../ui/input.tsx'
import { SearchInput } from '../ui/search-input.tsx'
import { Discovery } from './discovery.tsx'
import { knownModels } from './known-models.ts'
import { type KnownModel, ModelRow } from './model-row.tsx'

/** So many models are seen at a glance; more are searched. */
const MANY = 8

/** The models of a provider: which are offered in flows, and names the list does not know. */
export function ProviderModels({ provider }: { readonly provider: ProviderRead }): ReactNode {
  const { t } = useTranslation('models')
  const { data: enabled = {} } = useQuery(enabledModelsQuery)
  const { data: embedding = [] } = useQuery(embeddingProvidersQuery)
  const [added, setAdded] = useState('')
  const [search, setSearch] = useState('')
  const switches = enabled[provider.provider] ?? {}
  const embeddings = embedding.find(({ provider: title }) => title === provider.provider)?.models ?? []
  const canTell = provider.live_discovery && provider.is_configured
  const discovery = useQuery({ ...discoveredModelsQuery(provider.provider), enabled: canTell })
  const all = knownModels(provider.models, embeddings, switches, discovery.data?.models)
  const words = search.trim().toLowerCase()
  const shown = all.filter(({ name }) => name.toLowerCase().includes(words))
  const current = shown.filter(({ isDeprecated }) => !isDeprecated)
  const deprecated = shown.filter(({ isDeprecated }) => isDeprecated)

  async function change(model_id: string, isOn: boolean): Promise<void> {
    await attempt(t('models.failed'), () =>
      client.call(setEnabledModels, { body: [{ provider: provider.provider, model_id, enabled: isOn }] }),
    )
    await modelsChanged()
  }
  const list = (models: readonly KnownModel[]): ReactNode => (
    <ul className="divide-y divide-border rounded-lg border border-border empty:hidden">
      {models.map((model) => (
        <ModelRow
          key={model.name}
          provider={provider.provider}
          model={model}
          isOn={switches[model.name] === true}
          isConfigured={provider.is_configured}
          onChange={(isOn) => void change(model.name, isOn)}
        />
      ))}
    </ul>
  )

  return (
    <div className="flex flex-col gap-2">
      <h4 className="font-medium text-sm">{t('models.title')}</h4>
      <p className="text-text-muted text-xs">{provider.is_configured ? t('models.text') : t('models.notConfigured')}</p>
      {canTell ? <Discovery query={discovery} /> : null}
      {all.length > MANY ? <SearchInput value={search} onChange={setSearch} label={t('models.search')} /> : null}
      {all.length > 0 && shown.length === 0 ? <p className="text-sm text-text-muted">{t('models.none')}</p> : null}
      {list(current)}
      {deprecated.length > 0 ? (
        <details open={words !== ''}>
          <summary className="min-h-6 cursor-pointer text-sm text-text-muted">
            {t('models.deprecated', { count: deprecated.length })}
          </summary>
          <div className="pt-2">{list(deprecated)}</div>
        </details>
      ) : null}
      <form
        className="flex gap-2"
        onSubmit={(event) => {
          event.preventDefault()
          if (added.trim() === '') return
          void change(added.trim(), true)
          setAdded('')
        }}
      >
        <TextInput
          value={added}
          onChange={(event) => setAdded(event.target.value)}
          aria-label={t('models.add')}
          placeholder={t('models.add')}
          disabled={!provider.is_configured}
          spellCheck={false}
        />
        <Button type="submit" disabled={!provider.is_configured || added.trim() === ''}>
          <Plus size={14} />
          {t('models.addButton')}
        </Button>
      </form>
    </div>
  )
}
