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
import { createVariable, listVariables } from '@runnel/protocol/variables'
import { providerServer, reply } from '@runnel/testing/provider-server'
import { afterEach, expect, test } from 'vitest'
import { type TestApp, testApp } from '../test-app.ts'

const open: TestApp[] = []
const start = async (env: Readonly<Record<string, string>> = {}) => {
  const made = await testApp({ user: 'ada', env })
  open.push(made)
  return made
}
afterEach(async () => {
  for (const app of open.splice(0)) await app.close()
})

test('providers are listed with their models and variables, and with whether there is a key', async () => {
  const { client } = await start({ ANTHROPIC_API_KEY: 'sk-x' })
  const [openAi, anthropic] = await client.call(listModels, {})
  expect(openAi).toMatchObject({
    provider: 'OpenAI',
    provider_id: 'openai',
    icon: 'OpenAI',
    is_configured: false,
    variables: [{ variable_key: 'OPENAI_API_KEY', required: true, is_secret: true }, { is_secret: false }],
  })
  expect(openAi?.models).toHaveLength(openAi?.num_models ?? 0)
  expect(anthropic).toMatchObject({ provider: 'Anthropic', is_configured: true, is_enabled: true })
  await expect(client.call(listModels, { query: { provider: ['Groq'] } })).resolves.toMatchObject([
    { provider: 'Groq' },
  ])
  await expect(client.call(listModels, { query: { model_name: 'gpt-4o' } })).resolves.toMatchObject([
    { provider: 'OpenAI', num_models: 1, models: [{ model_name: 'gpt-4o' }] },
  ])
  expect(await client.call(listProviders, {})).toContain('Ollama')
  expect(await client.call(listProviderDescriptors, {})).toContainEqual({
    provider_id: 'google-generative-ai',
    display_name: 'Google Generative AI',
    provider: 'Google Generative AI',
  })
  const { OpenRouter } = await client.call(listProviderVariables, {})
  expect(OpenRouter?.map(({ variable_key }) => variable_key)).toContain('OPENROUTER_SITE_URL')
})

test('a provider is set up by a variable of the user, for that user alone', async () => {
  const { client, person } = await start()
  await client.call(createVariable, { body: { name: 'OPENAI_API_KEY', value: 'sk-x' } })
  await client.call(createVariable, { body: { name: 'OLLAMA_BASE_URL', value: 'http://ollama', type: 'Generic' } })
  await expect(client.call(listEnabledProviders, {})).resolves.toMatchObject({
    enabled_providers: ['OpenAI', 'Ollama'],
    provider_status: { OpenAI: true, Anthropic: false, vLLM: false },
  })
  const bob = await person('bob')
  await expect(bob.client.call(listEnabledProviders, {})).resolves.toMatchObject({ enabled_providers: [] })
})

test('models can be switched off, on, and added by name', async () => {
  const { client, person } = await start({ OPENAI_API_KEY: 'sk-x' })
  const set = (model_id: string, enabled: boolean, provider = 'OpenAI') =>
    client.call(setEnabledModels, { body: [{ provider, model_id, enabled }] })
  await expect(client.call(listEnabledModels, {})).resolves.toMatchObject({
    enabled_models: { OpenAI: { 'gpt-4o': true }, Anthropic: { 'claude-3-opus-latest': false } },
  })
  await set('gpt-4o', false)
  await expect(set('my-own', true)).resolves.toMatchObject({
    enabled_models: { OpenAI: { 'gpt-4o': false, 'my-own': true } },
  })
  const offered = (await client.call(listLanguageModelOptions, {})).map(({ name }) => name)
  expect(offered).toContain('my-own')
  expect(offered).not.toContain('gpt-4o')
  const embeddings = await client.call(listEmbeddingModelOptions, {})
  expect(embeddings.map(({ provider, name }) => `${provider} ${name}`)).toContain('Built-in hashing-384')
  await expect(set('x', true, 'Nobody')).rejects.toMatchObject({ status: 400, detail: 'Unknown provider: Nobody' })
  const bob = await person('bob')
  await expect(bob.client.call(listEnabledModels, {})).resolves.toMatchObject({
    enabled_models: { OpenAI: { 'gpt-4o': true } },
  })
})

test('the default model is kept for each user and kind, apart from their variables', async () => {
  const { client, person } = await start()
  const body = { model_name: 'gpt-4o', provider: 'OpenAI', model_type: 'language' } as const
  await expect(client.call(readDefaultModel, {})).resolves.toEqual({ default_model: null })
  await expect(client.call(setDefaultModel, { body })).resolves.toEqual({ default_model: body })
  await expect(client.call(setDefaultModel, { body: { ...body, model_name: 'gpt-5' } })).resolves.toMatchObject({})
  await expect(client.call(readDefaultModel, { query: { model_type: 'llm' } })).resolves.toEqual({
    default_model: { ...body, model_name: 'gpt-5' },
  })
  await expect(client.call(readDefaultModel, { query: { model_type: 'embeddings' } })).resolves.toEqual({
    default_model: null,
  })
  expect(await client.call(listVariables, {})).toEqual([])
  await expect((await person('bob')).client.call(readDefaultModel, {})).resolves.toEqual({ default_model: null })
  await expect(client.call(setDefaultModel, { body: { ...body, provider: 'Nobody' } })).rejects.toMatchObject({
    status: 400,
  })
  await expect(client.call(removeDefaultModel, {})).resolves.toEqual({ default_model: null })
  await expect(client.call(removeDefaultModel, {})).resolves.toEqual({ default_model: null })
  await expect(client.call(readDefaultModel, {})).resolves.toEqual({ default_model: null })
})

test('a key is tried before it is saved', async () => {
  const { client } = await start()
  const finished = { choices: [{ message: { content: 'Hello' }, finish_reason: 'stop' }] }
  await using provider = await providerServer(
    reply(finished),
    reply({ error: { message: 'bad key' } }, { status: 401 }),
  )
  const variables = { OPENAI_API_KEY: 'sk-typed', OPENAI_BASE_URL: `${provider.url}/v1` }
  const attempt = (body: { provider: string; variables?: Record<string, string> }) =>
    client.call(validateProvider, { body })
  await expect(attempt({ provider: 'OpenAI', variables })).resolves.toEqual({ valid: true, error: null })
  expect(provider.requests[0]?.headers.authorization).toBe('Bearer sk-typed')
  await expect(attempt({ provider: 'OpenAI', variables })).resolves.toEqual({
    valid: false,
    error: expect.stringContaining('401'),
  })
  await expect(attempt({ provider: 'Anthropic' })).resolves.toMatchObject({
    valid: false,
    error: expect.stringContaining('ANTHROPIC_API_KEY'),
  })
  await expect(attempt({ provider: 'Nobody' })).rejects.toMatchObject({
    status: 404,
    detail: 'Model provider not found',
  })
})

test('a provider is asked which models it has now, and those are offered once they are wanted', async () => {
  const ids = ['m-chat', 'bge-m3', 'whisper-1', 'gpt-4o']
  await using provider = await providerServer(
    reply({ data: ids.map((id) => ({ id })) }),
    reply({ data: ids.map((id) => ({ id })) }),
    reply({ error: { message: 'Wrong key' } }, { status: 401 }),
  )
  const { client } = await start({ OPENAI_API_KEY: 'k', OPENAI_BASE_URL: provider.url })
  const asked = { query: { provider: 'OpenAI' } }
  expect(await client.call(discoverModels, asked)).toEqual({
    models: [
      { model_name: 'bge-m3', metadata: { model_type: 'embeddings' } },
      { model_name: 'gpt-4o', metadata: expect.objectContaining({ model_type: 'language', vision: true }) },
      { model_name: 'm-chat', metadata: expect.objectContaining({ model_type: 'language', vision: false }) },
    ],
    error: null,
  })
  const body = ['m-chat', 'bge-m3'].map((model_id) => ({ provider: 'OpenAI', model_id, enabled: true }))
  await client.call(setEnabledModels, { body })
  const offered = async (endpoint: typeof listLanguageModelOptions) =>
    (await client.call(endpoint, {})).map(({ name }) => name).filter((name) => ids.includes(name))
  expect(await offered(listLanguageModelOptions)).toEqual(['gpt-4o', 'm-chat'])
  expect(await offered(listEmbeddingModelOptions)).toEqual(['bge-m3'])
  // One that is known for no model is tried by the same question.
  const variables = { OPENAI_COMPATIBLE_BASE_URL: provider.url }
  const trial = { body: { provider: 'OpenAI Compatible', variables } }
  expect(await client.call(validateProvider, trial)).toEqual({ valid: true, error: null })
  expect(await client.call(discoverModels, asked)).toEqual({ models: [], error: expect.stringContaining('401') })
  await expect(client.call(discoverModels, { query: { provider: 'Nobody' } })).rejects.toMatchObject({ status: 404 })
})

test('models tell what they can, and which of them are of old', async () => {
  const { client } = await start()
  const [openAi] = await client.call(listModels, { query: { provider: ['OpenAI'] } })
  const known = new Map(openAi?.models.map(({ model_name, metadata }) => [model_name, metadata]))
  expect(known.get('gpt-4o-mini')).toMatchObject({ vision: true, tool_calling: true, deprecated: false, default: true })
  expect(known.get('gpt-3.5-turbo')).toMatchObject({ vision: false, deprecated: true })
  const offered = await start({ OPENAI_API_KEY: 'sk-x' })
  const [option] = await offered.client.call(listLanguageModelOptions, {})
  expect(option).toMatchObject({ name: 'gpt-4o-mini', metadata: { tool_calling: true, context_length: 128_000 } })
})

test('embedding models of a provider are offered until they are switched off', async () => {
  const { client } = await start({ OPENAI_API_KEY: 'sk-x' })
  const name = 'text-embedding-3-small'
  const offered = async () => (await client.call(listEmbeddingModelOptions, {})).map((option) => option.name)
  expect((await client.call(listEnabledModels, {})).enabled_models.OpenAI?.[name]).toBe(true)
  expect(await offered()).toContain(name)
  await client.call(setEnabledModels, { body: [{ provider: 'OpenAI', model_id: name, enabled: false }] })
  expect(await offered()).not.toContain(name)
  expect((await client.call(listLanguageModelOptions, {})).map((option) => option.name)).not.toContain(name)
})

test('a message is sent to a model as a flow sends it', async () => {
  const finished = { choices: [{ message: { content: 'Ahoy' }, finish_reason: 'stop' }] }
  await using provider = await providerServer(
    reply(finished),
    reply({ error: { message: 'no such model' } }, { status: 404 }),
  )
  const { client } = await start({ OPENAI_API_KEY: 'sk-x', OPENAI_BASE_URL: `${provider.url}/v1` })
  const say = (model_name: string, title = 'OpenAI') =>
    client.call(testModel, { body: { provider: title, model_name, text: 'Hello?' } })
  expect(await say('gpt-4o')).toEqual({ text: 'Ahoy', error: null, duration_ms: expect.any(Number) })
  expect(provider.requests[0]?.headers.authorization).toBe('Bearer sk-x')
  expect(await say('gpt-of-yore')).toMatchObject({ text: '', error: expect.stringContaining('no such model') })
  expect(await say('x', 'Anthropic')).toMatchObject({ error: expect.stringContaining('ANTHROPIC_API_KEY') })
})
