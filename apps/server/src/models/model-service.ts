import type { ChatProvider } from '@runnel/models/provider-catalogue'
import { AppError } from '@runnel/protocol/errors'
import { isObject, type JsonObject } from '@runnel/protocol/json'
import { DefaultModel, type ModelOption, type ModelType, type ProviderRead } from '@runnel/protocol/models'
import type { Config } from '../config.ts'
import { once } from '../http/once.ts'
import type { VariableService } from '../variables/variable-service.ts'
import { abilityMetadata } from './ability-metadata.ts'
import type { AskedModel } from './ask-model.ts'
import type { Discovery } from './discover-models.ts'
import { embeddingOptions, embeddingProviderList } from './embedding-models.ts'
import { providerDetails, providerId } from './provider-details.ts'
import { isConfigured, providerVariables } from './provider-variables.ts'
import type { TestAnswer } from './send-test-message.ts'
import type { ProviderTrial } from './try-provider.ts'

export interface ModelServiceOptions {
  readonly variables: Pick<VariableService, 'list' | 'storedValue' | 'keep' | 'forget'>
  readonly config: Pick<Config, 'environment' | 'fallbackToEnvironment'>
}

export interface ModelSwitch {
  readonly provider: string
  readonly model_id: string
  readonly enabled: boolean
}

/** The user's choices, as variables of these names hold them: the engine reads the first. */
const DEFAULT_VARIABLES = { language: '__default_language_model__', embeddings: '__default_embedding_model__' } as const
const SWITCHES_VARIABLE = '__model_switches__'

type Switches = Readonly<Record<string, Readonly<Record<string, boolean>>>>

export type ModelService = ReturnType<typeof createModelService>

/** Which models there are, which of them a user can use, and which a user wants to be offered. */
export function createModelService({ variables, config }: ModelServiceOptions) {
  const catalogue = once(() => import('@runnel/models/provider-catalogue'))
  const abilities = once(() => import('@runnel/models/model-abilities'))
  const embeddings = once(() => import('@runnel/models/embeddings/embedding-catalogue'))

  /** Tells whether a variable has a value for the user: their own, or the server's environment. */
  async function presence(userId: string): Promise<(name: string) => boolean> {
    const own = new Set((await variables.list(userId)).map(({ name }) => name))
    return (name) => own.has(name) || (config.fallbackToEnvironment && config.environment(name) !== undefined)
  }

  async function storedJson(userId: string, name: string): Promise<unknown> {
    const stored = await variables.storedValue(userId, name)
    try {
      return JSON.parse(stored?.value ?? 'null')
    } catch {
      // Written by hand: what cannot be read says nothing.
      return null
    }
  }

  async function switchesOf(userId: string): Promise<Switches> {
    const stored = await storedJson(userId, SWITCHES_VARIABLE)
    const byProvider = Object.entries(isObject(stored) ? stored : {}).filter(([, models]) => isObject(models))
    return Object.fromEntries(byProvider) as Switches
  }

  async function known(title: string, type: ModelType = 'language'): Promise<Pick<ChatProvider, 'title'>> {
    const provider =
      type === 'language' ? (await catalogue()).chatProvider(title) : (await embeddings()).embeddingProvider(title)
    if (!provider) throw new AppError('bad_request', [`Unknown provider: ${title}`])
    return provider
  }

  /** Of each language model whether it is offered, and of the embedding models of the same providers. */
  async function enabledModels(
    userId: string,
    isOfKind: 'any' | 'language' = 'any',
  ): Promise<Record<string, Record<string, boolean>>> {
    const [{ chatProviders }, { embeddingProvider }, { purposeOf }, isSet, switches] = await Promise.all([
      catalogue(),
      embeddings(),
      abilities(),
      presence(userId),
      switchesOf(userId),
    ])
    return Object.fromEntries(
      chatProviders.map((provider) => {
        const usable = isConfigured(provider, isSet)
        const own = switches[provider.title] ?? {}
        const embedding = new Set(embeddingProvider(provider.title)?.models)
        const names = new Set([...provider.models, ...Object.keys(own), ...embedding])
        const embeds = (name: string): boolean => embedding.has(name) || purposeOf(name) === 'embeddings'
        const wanted = [...names].filter((name) => isOfKind === 'any' || !embeds(name))
        return [provider.title, Object.fromEntries(wanted.map((name) => [name, usable && own[name] !== false]))]
      }),
    )
  }

  const variablesOf =
    (userId: string, given: Readonly<Record<string, string>> = {}) =>
    async (name: string): Promise<string | undefined> =>
      (Object.hasOwn(given, name) && given[name]) ||
      (await variables.storedValue(userId, name))?.value ||
      (config.fallbackToEnvironment ? config.environment(name) : undefined)

  async function options(userId: string, type: ModelType): Promise<readonly ModelOption[]> {
    if (type === 'embeddings') {
      const [{ embeddingProviders }, { purposeOf }, isSet, switches] = await Promise.all([
        embeddings(),
        abilities(),
        presence(userId),
        switchesOf(userId),
      ])
      // What a provider was found to have besides, and the user wants.
      const more = (title: string): readonly string[] =>
        Object.entries(switches[title] ?? {}).flatMap(([name, isOn]) =>
          isOn && purposeOf(name) === 'embeddings' ? [name] : [],
        )
      const all = embeddingOptions(embeddingProviders, isSet, more)
      return all.filter(({ provider, name }) => switches[provider]?.[name] !== false)
    }
    const [enabled, { abilitiesOf }] = await Promise.all([enabledModels(userId, 'language'), abilities()])
    return Object.entries(enabled).flatMap(([provider, models]) => {
      const { icon } = providerDetails(provider)
      const names = Object.keys(models).filter((name) => models[name])
      const shared = { icon, category: provider, provider, provider_id: providerId(provider) }
      const about = (name: string) => ({ icon, model_type: 'language', ...abilityMetadata(abilitiesOf(name)) })
      return names.map((name) => ({ name, ...shared, metadata: about(name) }))
    })
  }

  async function defaultModel(userId: string, type: ModelType): Promise<DefaultModel | null> {
    const parsed = DefaultModel.safeParse(await storedJson(userId, DEFAULT_VARIABLES[type]))
    return parsed.success ? parsed.data : null
  }

  return {
    enabledModels: (userId: string) => enabledModels(userId),
    options,
    defaultModel,

    async providers(userId: string, type: ModelType = 'language'): Promise<readonly ProviderRead[]> {
      if (type === 'embeddings') {
        const [{ embeddingProviders }, isSet] = await Promise.all([embeddings(), presence(userId)])
        return embeddingProviderList(embeddingProviders, isSet)
      }
      const [{ chatProviders }, { abilitiesOf }, isSet] = await Promise.all([
        catalogue(),
        abilities(),
        presence(userId),
      ])
      return chatProviders.map((provider) => {
        const { icon, docs } = providerDetails(provider.title)
        const usable = isConfigured(provider, isSet)
        return {
          provider_id: providerId(provider.title),
          provider: provider.title,
          icon,
          max_tokens_field_name: provider.title === 'Google Generative AI' ? 'max_output_tokens' : 'max_tokens',
          variables: providerVariables(provider),
          api_docs_url: docs,
          models: provider.models.map((model_name, index) => {
            const known = abilityMetadata(abilitiesOf(model_name))
            return { model_name, metadata: { icon, model_type: 'language', ...known, default: index === 0 } }
          }),
          num_models: provider.models.length,
          is_configured: usable,
          is_enabled: usable,
          live_discovery: provider.listing !== null,
        }
      })
    },

    /** @throws AppError `bad_request` for an unknown provider; nothing has changed then */
    async switchModels(userId: string, wanted: readonly ModelSwitch[]): Promise<void> {
      const switches: Record<string, Readonly<Record<string, boolean>>> = { ...(await switchesOf(userId)) }
      for (const { provider, model_id, enabled } of wanted) {
        const { title } = await known(provider)
        switches[title] = { ...switches[title], [model_id]: enabled }
      }
      await variables.keep(userId, SWITCHES_VARIABLE, JSON.stringify(switches))
    },

    /** With `given` values in place of stored ones. @throws AppError `model_provider_not_found` */
    async tryProvider(
      userId: string,
      title: string,
      given: Readonly<Record<string, string>>,
      signal: AbortSignal,
    ): Promise<ProviderTrial> {
      const provider = (await catalogue()).chatProvider(title)
      if (!provider) throw new AppError('model_provider_not_found')
      const { tryProvider } = await import('./try-provider.ts')
      return tryProvider(provider, { get: variablesOf(userId, given) }, signal)
    },

    /** The models a provider says it has. @throws AppError `model_provider_not_found` */
    async discover(userId: string, title: string, signal: AbortSignal): Promise<Discovery> {
      const provider = (await catalogue()).chatProvider(title)
      if (!provider) throw new AppError('model_provider_not_found')
      const { discoverModels } = await import('./discover-models.ts')
      return discoverModels(provider, { get: variablesOf(userId) }, signal)
    },

    /** What a model says to these messages, with the user's keys. @throws AppError for all a model or provider refuses */
    async ask(userId: string, asked: AskedModel, signal: AbortSignal): Promise<string> {
      const { askModel } = await import('./ask-model.ts')
      return askModel(asked, { get: variablesOf(userId) }, signal)
    },

    async sendTestMessage(
      userId: string,
      asked: { readonly provider: string; readonly name: string; readonly text: string },
      signal: AbortSignal,
    ): Promise<TestAnswer> {
      const { sendTestMessage } = await import('./send-test-message.ts')
      return sendTestMessage(asked, { get: variablesOf(userId) }, signal)
    },

    /** @throws AppError `bad_request` for an unknown provider */
    async setDefault(userId: string, type: ModelType, model: Omit<DefaultModel, 'model_type'>): Promise<DefaultModel> {
      const { title } = await known(model.provider, type)
      const chosen = { model_name: model.model_name, provider: title, model_type: type }
      await variables.keep(userId, DEFAULT_VARIABLES[type], JSON.stringify(chosen))
      return chosen
    },

    removeDefault: (userId: string, type: ModelType): Promise<void> =>
      variables.forget(userId, DEFAULT_VARIABLES[type]),

    /** A node whose model fields offer what the user can choose from. */
    async withModelOptions(userId: string, node: JsonObject): Promise<JsonObject> {
      const template = isObject(node.template) ? node.template : {}
      const isModel = (entry: unknown): entry is JsonObject => isObject(entry) && entry.type === 'model'
      if (!Object.values(template).some(isModel)) return node
      const [language, embeddings] = await Promise.all([options(userId, 'language'), options(userId, 'embeddings')])
      const filled = Object.entries(template).map(([name, entry]) => {
        if (!isModel(entry)) return [name, entry]
        return [name, { ...entry, options: entry.model_type === 'embedding' ? embeddings : language }]
      })
      return { ...node, template: Object.fromEntries(filled) }
    },
  }
}
