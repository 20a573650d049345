import type { ModelType, ProviderRead } from '@runnel/protocol/models'
import { useQueryClient } from '@tanstack/react-query'
import { ChevronDown, KeyRound } from 'lucide-react'
import { type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ComponentIcon } from '../editor/component-icon.tsx'
import { useWorkspace } from '../editor/editor-context.tsx'
import { fillModels } from '../editor/model-setup/fill-models.ts'
import { type ModelSetupState, useModelSetup, useSetupOf } from '../editor/model-setup/use-model-setup.ts'
import { Button } from '../ui/button.tsx'
import { lazily } from '../ui/lazily.ts'
import { Menu } from '../ui/menu.tsx'
import { usePlayground } from './playground-context.tsx'

const ProviderDialog = lazily(async () => (await import('../editor/editors/provider-dialog.tsx')).ProviderDialog)

/** Providers that are offered by name; others in a menu. */
const WELL_KNOWN = ['OpenAI', 'Anthropic', 'Google Generative AI']

/** Where a flow asks a model and none is set up: sets one up in place, and every node without a model gets it. */
export function ModelSetup({ onReady }: { readonly onReady: () => void }): ReactNode {
  const { t } = useTranslation('playground')
  return <ProviderChoice setup={useModelSetup()} text={t('setup.text')} onReady={onReady} />
}

export interface KindSetupProps {
  readonly kind: ModelType
  /** What it is for. */
  readonly text: string
  readonly onReady: () => void
}

/** Sets up a model of one kind in place, whatever the open flow asks for. */
export const KindSetup = ({ kind, ...rest }: KindSetupProps): ReactNode => (
  <ProviderChoice setup={useSetupOf(KINDS[kind])} {...rest} />
)

const KINDS = { language: ['language'], embeddings: ['embeddings'] } as const

interface ProviderChoiceProps extends Omit<KindSetupProps, 'kind'> {
  readonly setup: ModelSetupState
}

function ProviderChoice({ setup: { lacked, providers: offered }, text, onReady }: ProviderChoiceProps): ReactNode {
  const { t } = useTranslation('playground')
  const workspace = useWorkspace()
  const queryClient = useQueryClient()
  const [chosen, setChosen] = useState<ProviderRead>()
  const known = WELL_KNOWN.flatMap((name) => offered.filter(({ provider }) => provider === name))
  const others = offered.filter((provider) => !known.includes(provider))

  const fill = async (provider: string): Promise<void> => {
    await fillModels(workspace, queryClient, provider)
    onReady()
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
  if (!lacked || offered.length === 0) return dialog
  return (
    <section
      aria-label={t(`setup.${lacked}`)}
      data-testid="model-setup"
      className="flex flex-col gap-2 rounded-lg border border-border bg-surface-muted p-3 text-sm"
    >
      <div className="flex items-center gap-2 font-medium">
        <KeyRound size={16} className="text-accent" />
        {t(`setup.${lacked}`)}
      </div>
      <p className="text-text-muted">{text}</p>
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
            <Button>
              {t('setup.more')}
              <ChevronDown size={14} />
            </Button>
          </Menu>
        ) : null}
      </div>
      {dialog}
    </section>
  )
}

/** Why a message was not sent for want of a model: it is sent once there is one. */
const WAITS_FOR_MODEL: ReadonlySet<string> = new Set(['noModel', 'noEmbeddings'])

/** Sets a model up for the chat: what could not be asked without one is sent. */
export function ChatModelSetup(): ReactNode {
  const playground = usePlayground()
  const goOn = (): void => {
    const { trouble, isBusy } = playground.store.getState()
    const waits = trouble?.kind === 'refused' && trouble.problems.some(({ key }) => WAITS_FOR_MODEL.has(key))
    playground.dismissTrouble()
    if (waits && !isBusy) void playground.sendDraft()
    document.querySelector<HTMLElement>('[data-testid="input-chat-playground"]')?.focus()
  }
  return (
    <div className="mx-auto w-full max-w-3xl shrink-0 px-4 pb-2 empty:hidden">
      <ModelSetup onReady={goOn} />
    </div>
  )
}
