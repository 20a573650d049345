import type { ProviderRead } from '@runnel/protocol/models'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { KeyRound } from 'lucide-react'
import { type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { modelOptionsQuery, providersQuery } from '../api/models.ts'
import { ComponentIcon } from '../editor/component-icon.tsx'
import { useEditorState, useWorkspace } from '../editor/editor-context.tsx'
import { emptyModelFields } from '../editor/fields/model-value.ts'
import { fillModels } from '../editor/model-setup/fill-models.ts'
import { Button } from '../ui/button.tsx'
import { lazily } from '../ui/lazily.ts'
import { Menu } from '../ui/menu.tsx'
import { usePlayground } from './playground-context.tsx'

const ProviderDialog = lazily(async () => (await import('../editor/editors/provider-dialog.tsx')).ProviderDialog)

/** Providers that are offered by name; others in a menu. */
const WELL_KNOWN = ['OpenAI', 'Anthropic', 'Google Generative AI']

/** Where a flow asks a model and none is set up: sets one up in place, and every node without a model gets it (N-35). */
export function ModelSetup(): ReactNode {
  const { t } = useTranslation('playground')
  const workspace = useWorkspace()
  const playground = usePlayground()
  const queryClient = useQueryClient()
  const needsModel = useEditorState((state) => emptyModelFields(state.document, 'language').length > 0)
  const { data: options } = useQuery({ ...modelOptionsQuery('language'), enabled: needsModel })
  const isWanted = needsModel && options?.length === 0
  const { data: providers = [] } = useQuery({ ...providersQuery, enabled: isWanted })
  const [chosen, setChosen] = useState<ProviderRead>()
  const offered = providers.filter(({ variables }) => variables.length > 0)
  const known = WELL_KNOWN.flatMap((name) => offered.filter(({ provider }) => provider === name))
  const others = offered.filter((provider) => !known.includes(provider))

  const fill = async (provider: string): Promise<void> => {
    await fillModels(workspace, queryClient, provider)
    playground.dismissTrouble()
    document.querySelector<HTMLElement>('[data-testid="input-chat-playground"]')?.focus()
  }
  const dialog = chosen ? (
    <Suspense fallback={null}>
      <ProviderDialog
        provider={chosen}
        onClose={() => setChosen(undefined)}
        onSaved={() => void fill(chosen.provider)}
      />
    </Suspense>
  ) : null
  if (!isWanted || known.length + others.length === 0) return dialog
  return (
    <section
      aria-label={t('setup.title')}
      data-testid="model-setup"
      className="mx-3 flex flex-col gap-2 rounded-lg border border-border bg-surface-muted p-3 text-sm"
    >
      <div className="flex items-center gap-2 font-medium">
        <KeyRound size={16} className="text-accent" />
        {t('setup.title')}
      </div>
      <p className="text-text-muted">{t('setup.text')}</p>
      <div className="flex flex-wrap gap-2">
        {known.map((provider) => (
          <Button
            key={provider.provider}
            onClick={() => setChosen(provider)}
            data-testid={`setup-${provider.provider_id}`}
          >
            <ComponentIcon name={provider.icon} size={14} />
            {provider.provider}
          </Button>
        ))}
        {others.length > 0 ? (
          <Menu items={others.map((one) => ({ label: one.provider, onSelect: () => setChosen(one) }))}>
            <Button>{t('setup.more')}</Button>
          </Menu>
        ) : null}
      </div>
      {dialog}
    </section>
  )
}
