import { type LanguageModel, message } from '@runnel/sdk'
import { fakeModel } from '@runnel/testing/fake-model'
import { providerServer, reply } from '@runnel/testing/provider-server'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { languageModel } from './language-model.ts'

const answer = reply({ choices: [{ message: { content: 'Hello' }, finish_reason: 'stop' }] })

test('asks the model of an older file with its provider, name and temperature', async () => {
  await using server = await providerServer(answer)
  const { text_output } = await runComponent(
    languageModel,
    {
      provider: 'OpenAI',
      model_name: 'gpt-4o-mini',
      api_key: 'sk-1',
      input_value: message('Hi'),
      system_message: 'Be kind.',
    },
    { variables: { OPENAI_BASE_URL: `${server.url}/v1` }, outputs: ['text_output'] },
  )
  expect(text_output).toMatchObject({ text: 'Hello', sender: null })
  expect(server.requests[0]?.body).toEqual({
    model: 'gpt-4o-mini',
    temperature: 0.1,
    messages: [
      { role: 'system', content: 'Be kind.' },
      { role: 'user', content: 'Hi' },
    ],
  })
})

test('falls back to the only provider with a key when a newer file leaves the model open', async () => {
  await using server = await providerServer(answer)
  const variables = { OPENAI_API_KEY: 'sk-1', OPENAI_BASE_URL: server.url }
  const { text_output } = await runComponent(
    languageModel,
    { input_value: message('Hi') },
    { variables, outputs: ['text_output'] },
  )
  expect(text_output).toMatchObject({ text: 'Hello' })
  expect(server.requests[0]?.body).toMatchObject({ model: 'gpt-4o-mini', temperature: 0.1 })
})

test('asks a model that comes by an edge', async () => {
  const model = fakeModel('from afar')
  const { text_output } = await runComponent(
    languageModel,
    { model, input_value: message('Hi') },
    { outputs: ['text_output'] },
  )
  expect(text_output).toMatchObject({ text: 'from afar' })
})

test('hands on the model itself without asking it', async () => {
  const { model_output } = await runComponent(
    languageModel,
    { model: [{ name: 'claude-x', provider: 'Anthropic', metadata: {} }], api_key: 'sk-ant-1' },
    { outputs: ['model_output'] },
  )
  expect(model_output as LanguageModel).toMatchObject({
    kind: 'language-model',
    provider: 'Anthropic',
    model: 'claude-x',
  })
})
