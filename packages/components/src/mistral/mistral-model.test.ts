import { message } from '@runnel/sdk'
import { providerServer, replyText } from '@runnel/testing/provider-server'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { mistralModel } from './mistral-model.ts'

test('gives Mistral its own names for the seed and a safe prompt', async () => {
  await using server = await providerServer(replyText('Hello'))
  const inputs = {
    input_value: message('Hi'),
    mistral_api_base: server.url,
    api_key: 'm-1',
    safe_mode: true,
    top_p: 0.5,
  }
  const { text_output } = await runComponent(mistralModel, inputs, { outputs: ['text_output'] })
  expect(text_output).toMatchObject({ text: 'Hello' })
  expect(server.requests).toMatchObject([
    { path: '/chat/completions', body: { model: 'codestral-latest', random_seed: 1, safe_prompt: true, top_p: 0.5 } },
  ])
})

test('leaves out what says nothing, and the seed of OpenAI', async () => {
  await using server = await providerServer(replyText('Hello'))
  const inputs = { input_value: message('Hi'), mistral_api_base: server.url, api_key: 'm-1' }
  await runComponent(mistralModel, inputs, { outputs: ['text_output'] })
  const body = {
    model: 'codestral-latest',
    random_seed: 1,
    temperature: 0.1,
    messages: [{ role: 'user', content: 'Hi' }],
  }
  expect(server.requests[0]?.body).toEqual(body)
})
