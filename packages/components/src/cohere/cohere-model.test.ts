import { message } from '@runnel/sdk'
import { providerServer, replyText } from '@runnel/testing/provider-server'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { cohereModel } from './cohere-model.ts'

test('asks the first model of Cohere', async () => {
  await using server = await providerServer(replyText('Hello'))
  const inputs = { input_value: message('Hi'), cohere_api_key: 'c-1' }
  const { text_output } = await runComponent(cohereModel, inputs, {
    outputs: ['text_output'],
    variables: { COHERE_BASE_URL: server.url },
  })
  expect(text_output).toMatchObject({ text: 'Hello' })
  expect(server.requests).toMatchObject([
    {
      path: '/chat/completions',
      headers: { authorization: 'Bearer c-1' },
      body: { model: 'command-a-03-2025', temperature: 0.75 },
    },
  ])
})
