import { message } from '@runnel/sdk'
import { providerServer, reply } from '@runnel/testing/provider-server'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { amazonBedrockModel } from './amazon-bedrock-model.ts'

test('finds the settings that all models share among the others', async () => {
  await using server = await providerServer(
    reply({ output: { message: { content: [{ text: 'Hello' }] } }, stopReason: 'end_turn' }),
  )
  const inputs = {
    input_value: message('Hi'),
    aws_access_key_id: 'AKIA1',
    aws_secret_access_key: 'secret-key',
    endpoint_url: server.url,
    model_kwargs: { temperature: '0.3', max_tokens: 50, top_k: 3 },
  }
  const { text_output } = await runComponent(amazonBedrockModel, inputs, { outputs: ['text_output'] })
  expect(text_output).toMatchObject({ text: 'Hello' })
  expect(server.requests[0]?.body).toMatchObject({
    inferenceConfig: { temperature: 0.3, maxTokens: 50 },
    additionalModelRequestFields: { top_k: 3 },
  })
})

test('needs a secret key', async () => {
  const asked = runComponent(amazonBedrockModel, { aws_secret_access_key: '' }, { outputs: ['model_output'] })
  await expect(asked).rejects.toThrow('Amazon Bedrock API key is required')
})
