import { type LanguageModel, message } from '@runnel/sdk'
import { providerServer, reply } from '@runnel/testing/provider-server'
import { type RunComponentOptions, runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { openAiModel } from './openai-model.ts'

const answer = reply({ choices: [{ message: { content: '{"a":1}' }, finish_reason: 'stop' }] })
const text: RunComponentOptions = { outputs: ['text_output'] }

test('asks the server the node names, with its settings', async () => {
  await using server = await providerServer(answer)
  const inputs = {
    input_value: message('Hi'),
    openai_api_base: `${server.url}/v1`,
    api_key: 'sk-1',
    model_name: 'my-model',
    max_tokens: 50,
    json_mode: true,
    model_kwargs: { top_p: 0.5 },
  }
  const { text_output } = await runComponent(openAiModel, inputs, text)
  expect(text_output).toMatchObject({ text: '{"a":1}' })
  expect(server.requests).toMatchObject([{ path: '/v1/chat/completions', headers: { authorization: 'Bearer sk-1' } }])
  expect(server.requests[0]?.body).toEqual({
    model: 'my-model',
    temperature: 0.1,
    seed: 1,
    max_tokens: 50,
    response_format: { type: 'json_object' },
    top_p: 0.5,
    messages: [{ role: 'user', content: 'Hi' }],
  })
})

test('sends a new node of one line with its defaults to the address of the variables', async () => {
  await using server = await providerServer(answer)
  const variables = { OPENAI_API_KEY: 'sk-var', OPENAI_API_BASE: server.url }
  await runComponent(openAiModel, { input_value: message('Hi'), max_tokens: 0 }, { ...text, variables })
  expect(server.requests[0]?.headers.authorization).toBe('Bearer sk-var')
  expect(server.requests[0]?.body).toEqual({
    model: 'gpt-4o-mini',
    temperature: 0.1,
    seed: 1,
    messages: [{ role: 'user', content: 'Hi' }],
  })
})

test('gives a reasoning model neither temperature nor seed', async () => {
  await using server = await providerServer(answer)
  const inputs = { input_value: message('Hi'), openai_api_base: server.url, api_key: 'sk-1', model_name: 'o3-mini' }
  await runComponent(openAiModel, inputs, text)
  expect(server.requests[0]?.body).toEqual({ model: 'o3-mini', messages: [{ role: 'user', content: 'Hi' }] })
})

test('needs a key for OpenAI itself, and none for a server of its own', async () => {
  await using server = await providerServer(answer)
  const asked = runComponent(openAiModel, { input_value: message('Hi'), api_key: '' }, text)
  await expect(asked).rejects.toThrow('OpenAI API key is required')
  await runComponent(openAiModel, { input_value: message('Hi'), api_key: '', openai_api_base: server.url }, text)
  expect(server.requests).toHaveLength(1)
})

test('fails with the sentence of a refusal', async () => {
  await using server = await providerServer(reply({ error: { message: 'Bad temperature' } }, { status: 400 }))
  const inputs = { input_value: message('Hi'), openai_api_base: server.url, api_key: 'sk-1' }
  await expect(runComponent(openAiModel, inputs, text)).rejects.toMatchObject({
    code: 'model_error',
    message: 'Bad temperature',
  })
})

test('hands on a model that keeps the settings', async () => {
  await using server = await providerServer(answer)
  const inputs = { openai_api_base: server.url, api_key: 'sk-1', json_mode: true }
  const run = await runComponent(openAiModel, inputs, { outputs: ['model_output'] })
  const model = run.model_output as LanguageModel
  expect(model).toMatchObject({ provider: 'OpenAI', model: 'gpt-4o-mini' })
  const messages = [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] } as const]
  await Array.fromAsync(model.respond({ messages, stream: false }, new AbortController().signal))
  expect(server.requests[0]?.body).toMatchObject({ seed: 1, response_format: { type: 'json_object' } })
})
