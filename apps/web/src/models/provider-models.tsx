import { type ProviderRead, setEnabledModels } from '@runnel/protocol/models'
import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../api/client.ts'
import { enabledModelsQuery, modelsChanged } from '../api/models.ts'
import { attempt } from '../ui/attempt.ts'
import { Button } from '../ui/button.tsx'
import { TextInput } from '../ui/input.tsx'
import { Badge } from '../ui/status.tsx'
import { Switch } from '../ui/switch.tsx'

/** The models of a provider: which are offered in flows, and names the list does not know. */
export function ProviderModels({ provider }: { readonly provider: ProviderRead }): ReactNode {
  const { t } = useTranslation('models')
  const { data: enabled = {} } = useQuery(enabledModelsQuery)
  const [added, setAdded] = useState('')
  const own = enabled[provider.provider] ?? {}
  const known = new Map(provider.models.map(({ model_name, metadata }) => [model_name, metadata]))
  const names = [...new Set([...known.keys(), ...Object.keys(own)])]

  async function change(model_id: string, isOn: boolean): Promise<void> {
    await attempt(t('models.failed'), () =>
      client.call(setEnabledModels, { body: [{ provider: provider.provider, model_id, enabled: isOn }] }),
    )
    await modelsChanged()
  }

  return (
    <div className="flex flex-col gap-2">
      <h4 className="font-medium text-sm">{t('models.title')}</h4>
      <p className="text-text-muted text-xs">{provider.is_configured ? t('models.text') : t('models.notConfigured')}</p>
      <ul className="divide-y divide-border rounded-lg border border-border empty:hidden">
        {names.map((name) => (
          <li key={name} className="flex items-center gap-3 px-3 py-2 text-sm">
            <span className="wrap-anywhere min-w-0 flex-1 font-mono text-xs">{name}</span>
            {known.get(name)?.tool_calling === true ? <Badge>{t('models.tools')}</Badge> : null}
            {known.get(name)?.default === true ? <Badge tone="accent">{t('models.suggested')}</Badge> : null}
            <Switch
              checked={own[name] === true}
              disabled={!provider.is_configured}
              label={t('models.offer', { name })}
              onChange={(isOn) => void change(name, isOn)}
            />
          </li>
        ))}
      </ul>
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
