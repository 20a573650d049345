import { message } from '@runnel/sdk'
import { providerServer, replyText } from '@runnel/testing/provider-server'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { huggingFaceModel } from './hugging-face-model.ts'

test('asks an endpoint of the user, of a model named freely', async () => {
  await using server = await providerServer(replyText('Hello'))
  const inputs = {
    input_value: message('Hi'),
    inference_endpoint: server.url,
    huggingfacehub_api_token: 'hf-1',
    model_id: 'custom',
    custom_model: 'me/mine',
    top_k: 4,
  }
  const { text_output } = await runComponent(huggingFaceModel, inputs, { outputs: ['text_output'] })
  expect(text_output).toMatchObject({ text: 'Hello' })
  expect(server.requests).toMatchObject([
    {
      path: '/v1/chat/completions',
      headers: { authorization: 'Bearer hf-1' },
      body: { model: 'me/mine', max_tokens: 512, top_p: 0.95, top_k: 4 },
    },
  ])
})

test('the endpoint of older nodes means Hugging Face itself', async () => {
  await using server = await providerServer(replyText('Hello'))
  const variables = { HUGGINGFACEHUB_BASE_URL: `${server.url}/router`, HUGGINGFACEHUB_API_TOKEN: 'hf-2' }
  await runComponent(huggingFaceModel, { input_value: message('Hi') }, { outputs: ['text_output'], variables })
  expect(server.requests).toMatchObject([
    { path: '/router/chat/completions', body: { model: 'meta-llama/Llama-3.3-70B-Instruct' } },
  ])
})
