import { z } from 'zod'
import { defineEndpoint } from './endpoint.ts'

export const ModelType = z.enum(['language', 'embeddings'])
export type ModelType = z.output<typeof ModelType>

/** Langflow writes the second kind in three ways. */
const WantedType = z
  .enum(['language', 'llm', 'embeddings', 'embedding'])
  .transform((type): ModelType => (type.startsWith('embedding') ? 'embeddings' : 'language'))
  .meta({ wire: { type: 'string', enum: ['language', 'embeddings'] } })

export const ProviderVariable = z.object({
  variable_name: z.string(),
  variable_key: z.string(),
  description: z.string(),
  required: z.boolean(),
  is_secret: z.boolean(),
  is_list: z.boolean(),
  options: z.array(z.string()),
})
export type ProviderVariable = z.output<typeof ProviderVariable>

export const ProviderRead = z.object({
  provider_id: z.string(),
  provider: z.string(),
  icon: z.string(),
  max_tokens_field_name: z.string(),
  variables: z.array(ProviderVariable),
  api_docs_url: z.string().nullable(),
  models: z.array(z.object({ model_name: z.string(), metadata: z.looseObject({}) })),
  num_models: z.number().int(),
  is_configured: z.boolean(),
  is_enabled: z.boolean(),
  live_discovery: z.boolean(),
})
export type ProviderRead = z.output<typeof ProviderRead>

export const ModelOption = z.object({
  name: z.string(),
  icon: z.string(),
  category: z.string(),
  provider: z.string(),
  provider_id: z.string(),
  metadata: z.looseObject({}),
})
export type ModelOption = z.output<typeof ModelOption>

export const DefaultModel = z.object({ model_name: z.string(), provider: z.string(), model_type: z.string() })
export type DefaultModel = z.output<typeof DefaultModel>

const get = { method: 'GET', tag: 'Models', access: 'user' } as const
const DefaultModelRead = z.object({ default_model: DefaultModel.nullable() })
const typeQuery = z.object({ model_type: WantedType.default('language') })

const exampleVariable = {
  variable_name: 'OpenAI API Key',
  variable_key: 'OPENAI_API_KEY',
  description: 'The key of your account at OpenAI.',
  required: true,
  is_secret: true,
  is_list: false,
  options: [],
}
const exampleDefault = { model_name: 'gpt-4o-mini', provider: 'OpenAI', model_type: 'language' }
const exampleEnabled = { enabled_models: { OpenAI: { 'gpt-4o-mini': false, 'gpt-4o': true } } }

export const listModels = defineEndpoint({
  ...get,
  path: '/api/v1/models',
  summary: 'List providers with their models, and whether you have a key for each',
  query: z.object({
    provider: z.array(z.string()).optional(),
    model_name: z.string().optional(),
    model_type: WantedType.optional(),
  }),
  response: z.array(ProviderRead),
  examples: {
    response: [
      {
        provider_id: 'openai',
        provider: 'OpenAI',
        icon: 'OpenAI',
        max_tokens_field_name: 'max_tokens',
        variables: [exampleVariable],
        api_docs_url: 'https://platform.openai.com/docs/overview',
        models: [
          {
            model_name: 'gpt-4o-mini',
            metadata: { icon: 'OpenAI', model_type: 'language', tool_calling: true, default: true },
          },
        ],
        num_models: 1,
        is_configured: true,
        is_enabled: true,
        live_discovery: false,
      },
    ],
  },
})

export const listProviders = defineEndpoint({
  ...get,
  path: '/api/v1/models/providers',
  summary: 'List the names of model providers',
  response: z.array(z.string()),
  examples: { response: ['OpenAI', 'Anthropic', 'Ollama'] },
})

export const listProviderDescriptors = defineEndpoint({
  ...get,
  path: '/api/v1/models/provider-descriptors',
  summary: 'List the ids and names of model providers',
  response: z.array(z.object({ provider_id: z.string(), display_name: z.string(), provider: z.string() })),
  examples: { response: [{ provider_id: 'openai', display_name: 'OpenAI', provider: 'OpenAI' }] },
})

export const listProviderVariables = defineEndpoint({
  ...get,
  path: '/api/v1/models/provider-variable-mapping',
  summary: 'List the variables each provider reads',
  response: z.record(z.string(), z.array(ProviderVariable)),
  examples: { response: { OpenAI: [exampleVariable] } },
})

export const listEnabledProviders = defineEndpoint({
  ...get,
  path: '/api/v1/models/enabled_providers',
  summary: 'List the providers you have set up',
  response: z.object({ enabled_providers: z.array(z.string()), provider_status: z.record(z.string(), z.boolean()) }),
  examples: { response: { enabled_providers: ['OpenAI'], provider_status: { OpenAI: true, Anthropic: false } } },
})

const EnabledModels = z.object({ enabled_models: z.record(z.string(), z.record(z.string(), z.boolean())) })

export const listEnabledModels = defineEndpoint({
  ...get,
  path: '/api/v1/models/enabled_models',
  summary: 'Say of each model whether it is offered in flows',
  response: EnabledModels,
  examples: { response: exampleEnabled },
})

export const setEnabledModels = defineEndpoint({
  ...get,
  method: 'POST',
  path: '/api/v1/models/enabled_models',
  audit: 'setting.models',
  summary: 'Offer models in flows, or stop offering them',
  body: z
    .array(z.object({ provider: z.string().max(100), model_id: z.string().min(1).max(200), enabled: z.boolean() }))
    .max(1000),
  response: EnabledModels,
  examples: { body: [{ provider: 'OpenAI', model_id: 'gpt-4o-mini', enabled: false }], response: exampleEnabled },
  errors: { 400: 'Unknown provider' },
})

export const validateProvider = defineEndpoint({
  ...get,
  method: 'POST',
  path: '/api/v1/models/validate-provider',
  summary: 'Ask a provider for a few tokens, to see whether a key works before it is saved',
  body: z.object({ provider: z.string().max(100), variables: z.record(z.string(), z.string()).default({}) }),
  response: z.object({ valid: z.boolean(), error: z.string().nullable() }),
  examples: {
    body: { provider: 'OpenAI', variables: { OPENAI_API_KEY: 'sk-…' } },
    response: { valid: true, error: null },
  },
  errors: { 404: 'Model provider not found' },
})

export const discoverModels = defineEndpoint({
  ...get,
  path: '/api/v1/models/discover',
  summary: 'Ask a provider you have set up which models it has now',
  query: z.object({ provider: z.string().max(100) }),
  response: z.object({
    models: z.array(z.object({ model_name: z.string(), metadata: z.looseObject({}) })),
    /** Why it did not tell. */
    error: z.string().nullable(),
  }),
  examples: {
    response: {
      models: [{ model_name: 'gpt-4o', metadata: { model_type: 'language', tool_calling: true, vision: true } }],
      error: null,
    },
  },
  errors: { 404: 'Model provider not found' },
})

export const testModel = defineEndpoint({
  ...get,
  method: 'POST',
  path: '/api/v1/models/test-message',
  summary: 'Send a message to a model as a flow would, and read what it answers or why it does not',
  body: z.object({
    provider: z.string().max(100),
    model_name: z.string().min(1).max(200),
    text: z.string().min(1).max(10_000),
  }),
  response: z.object({ text: z.string(), error: z.string().nullable(), duration_ms: z.number().int() }),
  examples: {
    body: { provider: 'OpenAI', model_name: 'gpt-4o-mini', text: 'Say hello.' },
    response: { text: 'Hello!', error: null, duration_ms: 812 },
  },
})

export const readDefaultModel = defineEndpoint({
  ...get,
  path: '/api/v1/models/default_model',
  summary: 'Read the model that nodes without one use',
  query: typeQuery,
  response: DefaultModelRead,
  examples: { response: { default_model: exampleDefault } },
})

export const setDefaultModel = defineEndpoint({
  ...get,
  method: 'POST',
  path: '/api/v1/models/default_model',
  audit: 'setting.default_model',
  summary: 'Choose the model that nodes without one use',
  body: z.object({ model_name: z.string().min(1).max(200), provider: z.string().max(100), model_type: WantedType }),
  response: DefaultModelRead,
  examples: { body: exampleDefault, response: { default_model: exampleDefault } },
  errors: { 400: 'Unknown provider' },
})

export const removeDefaultModel = defineEndpoint({
  ...get,
  method: 'DELETE',
  path: '/api/v1/models/default_model',
  audit: 'setting.default_model',
  summary: 'Forget the model that nodes without one use',
  query: typeQuery,
  response: DefaultModelRead,
  examples: { response: { default_model: null } },
})

export const listLanguageModelOptions = defineEndpoint({
  ...get,
  path: '/api/v1/model_options/language',
  summary: 'List the language models a field can choose from',
  response: z.array(ModelOption),
  examples: {
    response: [
      {
        name: 'gpt-4o',
        icon: 'OpenAI',
        category: 'OpenAI',
        provider: 'OpenAI',
        provider_id: 'openai',
        metadata: { icon: 'OpenAI', model_type: 'language' },
      },
    ],
  },
})

export const listEmbeddingModelOptions = defineEndpoint({
  ...get,
  path: '/api/v1/model_options/embedding',
  summary: 'List the embedding models a field can choose from',
  response: z.array(ModelOption),
  examples: { response: [] },
})
