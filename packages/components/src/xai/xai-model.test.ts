import { message } from '@runnel/sdk'
import { providerServer, replyText } from '@runnel/testing/provider-server'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { xaiModel } from './xai-model.ts'

test('asks xAI with its settings', async () => {
  await using server = await providerServer(replyText('Hello'))
  const inputs = {
    input_value: message('Hi'),
    base_url: server.url,
    api_key: 'x-1',
    model_name: 'grok-4',
    model_kwargs: { search: true },
  }
  const { text_output } = await runComponent(xaiModel, inputs, { outputs: ['text_output'] })
  expect(text_output).toMatchObject({ text: 'Hello' })
  expect(server.requests).toMatchObject([
    {
      path: '/chat/completions',
      headers: { authorization: 'Bearer x-1' },
      body: { model: 'grok-4', seed: 1, search: true },
    },
  ])
})
