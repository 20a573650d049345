import { message } from '@runnel/sdk'
import { providerServer, replyText } from '@runnel/testing/provider-server'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { groqModel } from './groq-model.ts'

test('asks Groq below the end of its address', async () => {
  await using server = await providerServer(replyText('Hello'))
  const inputs = { input_value: message('Hi'), base_url: server.url, api_key: 'gsk-1', max_tokens: 50 }
  const { text_output } = await runComponent(groqModel, inputs, { outputs: ['text_output'] })
  expect(text_output).toMatchObject({ text: 'Hello' })
  expect(server.requests).toMatchObject([
    {
      path: '/openai/v1/chat/completions',
      headers: { authorization: 'Bearer gsk-1' },
      body: { model: 'llama-3.3-70b-versatile', temperature: 0.1, max_tokens: 50 },
    },
  ])
})

test('needs a key', async () => {
  const asked = runComponent(groqModel, { input_value: message('Hi'), api_key: '' }, { outputs: ['text_output'] })
  await expect(asked).rejects.toThrow('Groq API key is required')
})
