import { message } from '@runnel/sdk'
import { providerServer, replyText } from '@runnel/testing/provider-server'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { deepSeekModel } from './deep-seek-model.ts'

test('asks DeepSeek for JSON with its settings', async () => {
  await using server = await providerServer(replyText('Hello'))
  const inputs = { input_value: message('Hi'), api_base: server.url, api_key: 'd-1', json_mode: true }
  const { text_output } = await runComponent(deepSeekModel, inputs, { outputs: ['text_output'] })
  expect(text_output).toMatchObject({ text: 'Hello' })
  expect(server.requests).toMatchObject([
    {
      path: '/chat/completions',
      body: { model: 'deepseek-chat', temperature: 1, seed: 1, response_format: { type: 'json_object' } },
    },
  ])
})
