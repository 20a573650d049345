import type { DefaultModel, ModelOption, ProviderRead } from '@runnel/protocol/models'
import type { TFunction } from 'i18next'
import { KeyRound } from 'lucide-react'
import type { PickerOption } from '../../ui/picker-options.ts'
import { ComponentIcon } from '../component-icon.tsx'
import type { ChosenModel } from './model-value.ts'

type Translate = TFunction<'fields'>

/** Begins the values of entries that set a provider up instead of choosing a model. */
export const SET_UP = 'set-up '

export const keyOf = ({ provider, name }: Pick<ModelOption, 'provider' | 'name'>): string => `${provider} ${name}`

export interface ModelChoice {
  readonly models: readonly ModelOption[]
  readonly providers: readonly ProviderRead[]
  /** The model of nodes without one. */
  readonly usual: DefaultModel | null | undefined
  /** Keys of the models that were chosen last. */
  readonly recent: readonly string[]
}

/** What there is to choose: the default model and recent ones, then the others by provider, then providers to set up. */
export function modelEntries(t: Translate, { models, providers, usual, recent }: ModelChoice): readonly PickerOption[] {
  const usualKey = usual && keyOf({ provider: usual.provider, name: usual.model_name })
  const first = [...new Set([...(usualKey ? [usualKey] : []), ...recent])]
  const byKey = new Map(models.map((model) => [keyOf(model), model]))
  const onTop = first.flatMap((key) => byKey.get(key) ?? [])
  const others = models.filter((model) => !onTop.includes(model))
  const entry = (model: ModelOption, group: string, words: readonly string[]): PickerOption => ({
    value: keyOf(model),
    label: model.name,
    icon: <ComponentIcon name={model.icon} size={14} />,
    group,
    hint: [...words, ...abilities(t, model.metadata)].join(' · '),
  })
  return [
    ...onTop.map((model) => {
      const isUsual = keyOf(model) === usualKey
      return entry(model, t('model.onTop'), [model.provider, ...(isUsual ? [t('model.default')] : [])])
    }),
    ...others.map((model) => entry(model, model.provider, [])),
    ...providers.filter(needsSetUp).map(({ provider, icon }) => ({
      value: `${SET_UP}${provider}`,
      label: provider,
      icon: <ComponentIcon name={icon} size={14} />,
      group: t('model.notSetUp'),
      hint: (
        <span className="flex items-center gap-1 text-accent">
          <KeyRound size={12} />
          {t('model.setUpShort')}
        </span>
      ),
    })),
  ]
}

/** Whose model a name that is in no list can be: that of the chosen model first, as names change within a provider. */
export const providersFor = (
  chosen: ChosenModel | undefined,
  providers: readonly ProviderRead[],
): readonly PickerOption[] =>
  providers
    .filter(({ variables }) => variables.length > 0)
    .filter(({ provider, is_configured }) => is_configured || provider === chosen?.provider)
    .toSorted((a, b) => Number(b.provider === chosen?.provider) - Number(a.provider === chosen?.provider))
    .map(({ provider, icon }) => ({
      value: provider,
      label: provider,
      icon: <ComponentIcon name={icon} size={14} />,
    }))

const needsSetUp = ({ is_configured, variables }: ProviderRead): boolean => !is_configured && variables.length > 0

/** What a model can do, in a few words. */
function abilities(t: Translate, metadata: Readonly<Record<string, unknown>>): readonly string[] {
  const { context_length: context } = metadata
  const marks = [
    metadata.tool_calling === true && t('model.tools'),
    metadata.vision === true && t('model.vision'),
    metadata.thinking === true && t('model.thinking'),
    typeof context === 'number' && tokenText(context),
    metadata.deprecated === true && t('model.deprecated'),
  ]
  return marks.filter((mark) => mark !== false)
}

/** `128k`, `1M`: as providers write it. */
const tokenText = (tokens: number): string =>
  tokens >= 1_000_000 ? `${Math.floor(tokens / 1_000_000)}M` : `${Math.floor(tokens / 1000)}k`
