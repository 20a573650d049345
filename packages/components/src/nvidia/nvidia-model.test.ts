import { message } from '@runnel/sdk'
import { providerServer, replyText } from '@runnel/testing/provider-server'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { nvidiaModel } from './nvidia-model.ts'

test('asks NVIDIA with its settings, thinking where that is chosen', async () => {
  await using server = await providerServer(replyText('Hello'))
  const inputs = { input_value: message('Hi'), base_url: server.url, api_key: 'n-1', detailed_thinking: true }
  const { text_output } = await runComponent(nvidiaModel, inputs, { outputs: ['text_output'] })
  expect(text_output).toMatchObject({ text: 'Hello' })
  expect(server.requests).toMatchObject([
    {
      path: '/chat/completions',
      body: { model: 'meta/llama-3.3-70b-instruct', seed: 1, chat_template_kwargs: { thinking: true } },
    },
  ])
})
