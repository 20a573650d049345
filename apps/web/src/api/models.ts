import {
  discoverModels,
  listEmbeddingModelOptions,
  listEnabledModels,
  listEnabledProviders,
  listLanguageModelOptions,
  listModels,
  type ModelType,
  readDefaultModel,
} from '@runnel/protocol/models'
import { queryOptions } from '@tanstack/react-query'
import { client, queryClient } from './client.ts'

/** Providers of language models, with what each needs and whether the user has given it. */
export const providersQuery = queryOptions({
  queryKey: ['models', 'providers'],
  queryFn: ({ signal }) => client.call(listModels, { signal }),
})

/** Providers of embeddings, with the models each has. */
export const embeddingProvidersQuery = queryOptions({
  queryKey: ['models', 'embedding-providers'],
  queryFn: ({ signal }) => client.call(listModels, { query: { model_type: 'embeddings' }, signal }),
})

/** Providers that have models of this kind. */
export const providersOf = (type: ModelType) => (type === 'language' ? providersQuery : embeddingProvidersQuery)

/** The providers the user has set up. */
export const enabledProvidersQuery = queryOptions({
  queryKey: ['models', 'enabled-providers'],
  queryFn: async ({ signal }) => (await client.call(listEnabledProviders, { signal })).enabled_providers,
})

/** Of each provider's models, whether flows are offered it. */
export const enabledModelsQuery = queryOptions({
  queryKey: ['models', 'enabled'],
  queryFn: async ({ signal }) => (await client.call(listEnabledModels, { signal })).enabled_models,
})

/** The models a provider says it has now. */
export const discoveredModelsQuery = (provider: string) =>
  queryOptions({
    // Apart from the rest: switching a model on is no reason to ask the provider again.
    queryKey: ['discovered-models', provider],
    queryFn: ({ signal }) => client.call(discoverModels, { query: { provider }, signal }),
    staleTime: 5 * 60_000,
  })

/** What a field of this kind can choose from. */
export const modelOptionsQuery = (type: ModelType) =>
  queryOptions({
    queryKey: ['models', 'options', type],
    queryFn: ({ signal }) =>
      client.call(type === 'language' ? listLanguageModelOptions : listEmbeddingModelOptions, { signal }),
  })

/** The model nodes without one of their own use. */
export const defaultModelQuery = (type: ModelType) =>
  queryOptions({
    queryKey: ['models', 'default', type],
    queryFn: async ({ signal }) =>
      (await client.call(readDefaultModel, { query: { model_type: type }, signal })).default_model,
  })

/** To be called when another key or address may tell of other models. */
export const providerChanged = (provider: string): Promise<void> =>
  queryClient.invalidateQueries(discoveredModelsQuery(provider))

export const modelsChanged = (): Promise<void> => queryClient.invalidateQueries({ queryKey: ['models'] })
