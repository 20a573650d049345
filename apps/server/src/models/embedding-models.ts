import type { EmbeddingProvider } from '@runnel/models/embeddings/embedding-catalogue'
import type { ModelOption, ProviderRead } from '@runnel/protocol/models'
import { providerDetails, providerId } from './provider-details.ts'
import { isConfigured, providerVariables } from './provider-variables.ts'

type IsSet = (variable: string) => boolean

/** Needs nothing: it is there for everyone. */
const isBuiltIn = ({ keyVariable, baseUrlVariables }: EmbeddingProvider): boolean =>
  keyVariable === null && baseUrlVariables.length === 0

const isUsable = (provider: EmbeddingProvider, isSet: IsSet): boolean =>
  isBuiltIn(provider) || isConfigured(provider, isSet)

/** The embedding models a user can choose from; `more` are those of a provider besides the ones it is known for. */
export function embeddingOptions(
  providers: readonly EmbeddingProvider[],
  isSet: IsSet,
  more: (title: string) => readonly string[],
): readonly ModelOption[] {
  return providers
    .filter((provider) => isUsable(provider, isSet))
    .flatMap(({ title, models }) => {
      const { icon } = providerDetails(title)
      const shared = { icon, category: title, provider: title, provider_id: providerId(title) }
      const names = [...new Set([...models, ...more(title)])]
      return names.map((name) => ({ name, ...shared, metadata: { icon, model_type: 'embeddings' } }))
    })
}

/** The providers of embeddings, and which of them the user has set up. */
export function embeddingProviderList(providers: readonly EmbeddingProvider[], isSet: IsSet): readonly ProviderRead[] {
  return providers.map((provider) => {
    const { icon, docs } = providerDetails(provider.title)
    const usable = isUsable(provider, isSet)
    return {
      provider_id: providerId(provider.title),
      provider: provider.title,
      icon,
      max_tokens_field_name: 'max_tokens',
      variables: providerVariables(provider),
      api_docs_url: docs,
      models: provider.models.map((model_name, index) => ({
        model_name,
        metadata: { icon, model_type: 'embeddings', default: index === 0 },
      })),
      num_models: provider.models.length,
      is_configured: usable,
      is_enabled: usable,
      live_discovery: false,
    }
  })
}
