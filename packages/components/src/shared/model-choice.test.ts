import type { LanguageModel } from '@runnel/sdk'
import { fakeModel } from '@runnel/testing/fake-model'
import { providerServer, reply } from '@runnel/testing/provider-server'
import { describe, expect, test } from 'vitest'
import { chosenModel, type ModelFields } from './model-choice.ts'

const choose = (fields: ModelFields, variables: Readonly<Record<string, string>> = {}): Promise<LanguageModel> =>
  chosenModel(fields, { variables: { get: async (name) => variables[name] } })
const keys = { OPENAI_API_KEY: 'sk-1', ANTHROPIC_API_KEY: 'sk-2', GOOGLE_API_KEY: 'sk-3' }
const chosen = (name: string, provider?: string, metadata: object = {}): unknown => [
  { name, icon: 'x', metadata, ...(provider && { provider }) },
]

describe('the model', () => {
  test.each<[string, ModelFields, string, string]>([
    ['older files: provider and name', { provider: 'OpenAI', model_name: 'gpt-4.1' }, 'OpenAI', 'gpt-4.1'],
    [
      'older files: Google',
      { provider: 'Google', model_name: 'gemini-1.5-pro' },
      'Google Generative AI',
      'gemini-1.5-pro',
    ],
    ['newer files: a list of one object', { model: chosen('claude-x', 'Anthropic') }, 'Anthropic', 'claude-x'],
    ['a bare object', { model: { name: 'gpt-5', provider: 'OpenAI' } }, 'OpenAI', 'gpt-5'],
    ['a name', { model: 'gpt-4o-mini' }, 'OpenAI', 'gpt-4o-mini'],
    ['a list of a name', { model: ['gemini-2.5-pro'] }, 'Google Generative AI', 'gemini-2.5-pro'],
    ['a name that stands in', { model: chosen('gpt-5', 'OpenAI'), model_name: 'gpt-4o' }, 'OpenAI', 'gpt-4o'],
    [
      'another provider',
      { model: chosen('x', 'OpenAI'), model_name: 'y', provider: 'Groq', api_key: 'k-1' },
      'Groq',
      'y',
    ],
    ['a known name alone', { model: '', model_name: 'claude-3-opus-latest' }, 'Anthropic', 'claude-3-opus-latest'],
  ])('is read from %s', async (_, fields, provider, model) => {
    expect(await choose(fields, keys)).toMatchObject({ provider, model })
  })

  test('of an edge is taken as it is', async () => {
    const model = fakeModel()
    expect(await choose({ model, api_key: 'GONE_VARIABLE' })).toBe(model)
    await expect(choose({ model, model_name: 'gpt-4o' })).rejects.toThrow('overrides require a built-in model')
  })

  test.each<[string, Readonly<Record<string, string>>, string]>([
    [
      'the one the user set',
      { ...keys, __default_language_model__: '{"model_name":"m","provider":"Anthropic"}' },
      'Anthropic m',
    ],
    [
      'the one the user set, by name',
      { ...keys, __default_language_model__: '{"model_name":"gpt-5"}' },
      'OpenAI gpt-5',
    ],
    ['the first of the only provider with a key', { GROQ_API_KEY: 'k' }, 'Groq llama-3.3-70b-versatile'],
    ['the first of OpenAI', { OPENAI_API_KEY: 'k' }, 'OpenAI gpt-4o-mini'],
  ])('is by default %s', async (_, variables, expected) => {
    for (const model of ['', [], null, undefined, 'connect_other_models']) {
      const made = await choose({ model }, variables)
      expect(`${made.provider} ${made.model}`).toBe(expected)
    }
  })

  test.each<[string, ModelFields, Readonly<Record<string, string>>, string]>([
    ['nothing is chosen and no key is set', { model: '' }, {}, 'A model selection is required'],
    ['nothing is chosen and several keys are set', { model: '' }, keys, 'A model selection is required'],
    ['the default is broken', { model: '' }, { __default_language_model__: 'gpt' }, 'is no JSON'],
    ['the name is unknown', { model: 'no-such-model' }, keys, 'The selected model is missing a provider'],
    ['the object has no provider', { model: chosen('gpt-4o') }, keys, 'The selected model is missing a provider'],
    ['the provider is unknown', { model: chosen('x', 'Nobody') }, keys, 'Unknown provider: Nobody'],
    ['an address is missing', { model: chosen('x', 'vLLM') }, {}, 'VLLM_API_BASE'],
  ])('is refused when %s', async (_, fields, variables, message) => {
    await expect(choose(fields, variables)).rejects.toThrow(message)
  })
})

describe('the request', () => {
  async function seen(fields: ModelFields, variables: Readonly<Record<string, string>> = {}) {
    await using server = await providerServer(
      reply({ choices: [{ message: { content: 'ok' }, finish_reason: 'stop' }] }),
    )
    const here = Object.fromEntries(
      Object.entries(variables).map(([key, value]) => [key, value.replace('HERE', server.url)]),
    )
    const model = await choose({ ...fields, ...(fields.base_url && { base_url: server.url }) }, here)
    const messages = [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] } as const]
    await Array.fromAsync(model.respond({ messages, stream: false }, new AbortController().signal))
    const { path, headers, body } = server.requests[0] ?? {}
    return { path, key: headers?.authorization?.replace('Bearer ', ''), body, headers }
  }
  const openAi = { model: chosen('gpt-4o-mini', 'OpenAI') }

  test.each<[string, ModelFields, Readonly<Record<string, string>>, string]>([
    ['typed into the node', { api_key: 'sk-typed' }, { OPENAI_API_KEY: 'sk-var' }, 'sk-typed'],
    ['of the variable the node names', { api_key: 'my_key' }, { my_key: 'sk-mine' }, 'sk-mine'],
    ['typed, though it looks like a name', { api_key: 'dummy' }, {}, 'dummy'],
    ['of the provider when the named one is gone', { api_key: 'OLD_API_KEY' }, { OPENAI_API_KEY: 'sk-var' }, 'sk-var'],
    ['of the provider when none is named', { api_key: '' }, { OPENAI_API_KEY: ' sk-var\n' }, 'sk-var'],
  ])('carries the key %s', async (_, fields, variables, key) => {
    expect((await seen({ ...openAi, ...fields }, { ...variables, OPENAI_BASE_URL: 'HERE/v1' })).key).toBe(key)
  })

  test.each(['OPENAI_BASE_URL', 'OPENAI_API_BASE'])('goes to the address in %s', async (name) => {
    expect((await seen(openAi, { OPENAI_API_KEY: 'k', [name]: 'HERE/v2' })).path).toBe('/v2/chat/completions')
  })

  test('goes to the address typed into the node first', async () => {
    expect(
      (await seen({ ...openAi, base_url: 'here' }, { OPENAI_API_KEY: 'k', OPENAI_BASE_URL: 'http://x' })).path,
    ).toBe('/chat/completions')
  })

  test('says that a key is missing', async () => {
    await expect(choose(openAi)).rejects.toThrow(
      'OpenAI API key is required when using OpenAI provider. Please provide it in the component or configure it globally as OPENAI_API_KEY.',
    )
  })

  test('needs no key for Ollama, and a stand-in where the key is optional', async () => {
    expect((await seen({ model: chosen('llama3', 'Ollama') }, { OLLAMA_BASE_URL: 'HERE' })).key).toBeUndefined()
    expect((await seen({ model: chosen('x', 'vLLM') }, { VLLM_API_BASE: 'HERE/v1' })).key).toBe('EMPTY')
  })

  test('carries temperature and token limit, but no temperature for a model marked as reasoning', async () => {
    const variables = { OPENAI_API_KEY: 'k', OPENAI_BASE_URL: 'HERE' }
    const settings = { temperature: 0.1, max_tokens: 7 }
    expect((await seen({ ...openAi, ...settings }, variables)).body).toMatchObject({ temperature: 0.1, max_tokens: 7 })
    for (const metadata of [{ reasoning: true }, { reasoning_models: ['new'] }]) {
      const { body } = await seen({ model: chosen('new', 'OpenAI', metadata), ...settings }, variables)
      expect(body).not.toHaveProperty('temperature')
    }
  })
})
