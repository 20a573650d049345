import { message } from '@runnel/sdk'
import { providerServer, replyText } from '@runnel/testing/provider-server'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { novitaModel } from './novita-model.ts'

test('asks Novita with its settings', async () => {
  await using server = await providerServer(replyText('Hello'))
  const inputs = { input_value: message('Hi'), api_key: 'n-1', json_mode: true, max_tokens: 0 }
  const { text_output } = await runComponent(novitaModel, inputs, {
    outputs: ['text_output'],
    variables: { NOVITA_BASE_URL: server.url },
  })
  expect(text_output).toMatchObject({ text: 'Hello' })
  expect(server.requests).toMatchObject([
    {
      path: '/chat/completions',
      body: { model: 'meta-llama/llama-3.3-70b-instruct', seed: 1, response_format: { type: 'json_object' } },
    },
  ])
})
