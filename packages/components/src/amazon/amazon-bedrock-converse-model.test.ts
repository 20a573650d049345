import { type LanguageModel, message } from '@runnel/sdk'
import { providerServer, reply } from '@runnel/testing/provider-server'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { amazonBedrockConverseModel } from './amazon-bedrock-converse-model.ts'

const answer = reply({ output: { message: { content: [{ text: 'Hello' }] } }, stopReason: 'end_turn' })
const keys = { aws_access_key_id: 'AKIA1', aws_secret_access_key: 'secret-key' }

test('asks Bedrock with a signature and its settings', async () => {
  await using server = await providerServer(answer)
  const inputs = {
    ...keys,
    input_value: message('Hi'),
    endpoint_url: server.url,
    region_name: 'eu-west-1',
    model_id: 'amazon.nova-lite-v1:0',
    top_k: 3,
    additional_model_fields: { more: true },
  }
  const run = await runComponent(amazonBedrockConverseModel, inputs, { outputs: ['text_output'] })
  expect(run.text_output).toMatchObject({ text: 'Hello' })
  expect(server.requests).toMatchObject([
    {
      path: '/model/amazon.nova-lite-v1%3A0/converse',
      headers: { authorization: expect.stringContaining('Credential=AKIA1/') },
      body: {
        inferenceConfig: { temperature: 0.7, maxTokens: 4096 },
        additionalModelRequestFields: { top_k: 3, more: true },
      },
    },
  ])
})

test('asks for whole answers where streams are switched off', async () => {
  await using server = await providerServer(answer)
  const inputs = { ...keys, endpoint_url: server.url, disable_streaming: true }
  const run = await runComponent(amazonBedrockConverseModel, inputs, { outputs: ['model_output'] })
  const model = run.model_output as LanguageModel
  const messages = [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }] as const
  await Array.fromAsync(model.respond({ messages, stream: true }, new AbortController().signal))
  expect(server.requests[0]?.path).toMatch(/\/converse$/)
})
