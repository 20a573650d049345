import { message } from '@runnel/sdk'
import { providerServer, replyText } from '@runnel/testing/provider-server'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { vllmModel } from './vllm-model.ts'

test('asks a vLLM server, which needs no key', async () => {
  await using server = await providerServer(replyText('Hello'))
  const inputs = { input_value: message('Hi'), api_base: `${server.url}/v1`, api_key: '', json_mode: true }
  const { text_output } = await runComponent(vllmModel, inputs, { outputs: ['text_output'] })
  expect(text_output).toMatchObject({ text: 'Hello' })
  expect(server.requests).toMatchObject([
    {
      path: '/v1/chat/completions',
      body: { model: 'ibm-granite/granite-3.3-8b-instruct', response_format: { type: 'json_object' } },
    },
  ])
})
