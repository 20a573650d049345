import { message } from '@runnel/sdk'
import { providerServer, replyText } from '@runnel/testing/provider-server'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { aimlModel } from './aiml-model.ts'

test('asks AI/ML API with its settings', async () => {
  await using server = await providerServer(replyText('Hello'))
  const inputs = { input_value: message('Hi'), aiml_api_base: server.url, api_key: 'a-1', model_kwargs: { top_k: 3 } }
  const { text_output } = await runComponent(aimlModel, inputs, { outputs: ['text_output'] })
  expect(text_output).toMatchObject({ text: 'Hello' })
  expect(server.requests).toMatchObject([
    { path: '/chat/completions', body: { model: 'openai/gpt-4o', temperature: 0.1, top_k: 3 } },
  ])
})
