import { message } from '@runnel/sdk'
import { providerServer, replyText } from '@runnel/testing/provider-server'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { lmStudioModel } from './lm-studio-model.ts'

test('asks LM Studio, which needs no key', async () => {
  await using server = await providerServer(replyText('Hello'))
  const inputs = { input_value: message('Hi'), base_url: `${server.url}/v1`, api_key: '', model_name: 'qwen' }
  const { text_output } = await runComponent(lmStudioModel, inputs, { outputs: ['text_output'] })
  expect(text_output).toMatchObject({ text: 'Hello' })
  expect(server.requests).toMatchObject([
    { path: '/v1/chat/completions', body: { model: 'qwen', temperature: 0.1, seed: 1 } },
  ])
})
