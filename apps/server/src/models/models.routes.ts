import {
  discoverModels,
  listEmbeddingModelOptions,
  listEnabledModels,
  listEnabledProviders,
  listLanguageModelOptions,
  listModels,
  listProviderDescriptors,
  listProviders,
  listProviderVariables,
  readDefaultModel,
  removeDefaultModel,
  setDefaultModel,
  setEnabledModels,
  testModel,
  validateProvider,
} from '@runnel/protocol/models'
import type { FastifyInstance } from 'fastify'
import { implement } from '../http/implement.ts'
import type { Services } from '../services.ts'

/** The catalogue of models, and what each user makes of it. */
export function modelsRoutes(app: FastifyInstance, { models }: Pick<Services, 'models'>): void {
  implement(app, listModels, async ({ query, user }) => {
    const { provider: titles, model_name: name, model_type: type } = query
    const asked = (await models.providers(user.id, type)).filter(({ provider }) => !titles || titles.includes(provider))
    if (name === undefined) return asked
    return asked.flatMap((provider) => {
      const fitting = provider.models.filter(({ model_name }) => model_name === name)
      return fitting.length > 0 ? [{ ...provider, models: fitting, num_models: fitting.length }] : []
    })
  })
  implement(app, listProviders, async ({ user }) => (await models.providers(user.id)).map(({ provider }) => provider))
  implement(app, listProviderDescriptors, async ({ user }) =>
    (await models.providers(user.id)).map(({ provider_id, provider }) => ({
      provider_id,
      display_name: provider,
      provider,
    })),
  )
  implement(app, listProviderVariables, async ({ user }) =>
    Object.fromEntries((await models.providers(user.id)).map(({ provider, variables }) => [provider, variables])),
  )
  implement(app, listEnabledProviders, async ({ user }) => {
    const providers = await models.providers(user.id)
    return {
      enabled_providers: providers.filter(({ is_configured }) => is_configured).map(({ provider }) => provider),
      provider_status: Object.fromEntries(providers.map(({ provider, is_configured }) => [provider, is_configured])),
    }
  })

  implement(app, listEnabledModels, async ({ user }) => ({ enabled_models: await models.enabledModels(user.id) }))
  implement(app, setEnabledModels, async ({ body, user }) => {
    await models.switchModels(user.id, body)
    return { enabled_models: await models.enabledModels(user.id) }
  })

  implement(app, validateProvider, ({ body, user, signal }) =>
    models.tryProvider(user.id, body.provider, body.variables, signal),
  )

  implement(app, discoverModels, ({ query, user, signal }) => models.discover(user.id, query.provider, signal))

  implement(app, testModel, ({ body: { provider, model_name: name, text }, user, signal }) =>
    models.sendTestMessage(user.id, { provider, name, text }, signal),
  )

  implement(app, readDefaultModel, async ({ query, user }) => ({
    default_model: await models.defaultModel(user.id, query.model_type),
  }))
  implement(app, setDefaultModel, async ({ body, user }) => ({
    default_model: await models.setDefault(user.id, body.model_type, body),
  }))
  implement(app, removeDefaultModel, async ({ query, user }) => {
    await models.removeDefault(user.id, query.model_type)
    return { default_model: null }
  })

  implement(app, listLanguageModelOptions, ({ user }) => models.options(user.id, 'language'))
  implement(app, listEmbeddingModelOptions, ({ user }) => models.options(user.id, 'embeddings'))
}
