import { message } from '@runnel/sdk'
import { providerServer, replyText } from '@runnel/testing/provider-server'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { perplexityModel } from './perplexity-model.ts'

test('asks Perplexity with its settings', async () => {
  await using server = await providerServer(replyText('Hello'))
  const inputs = { input_value: message('Hi'), api_key: 'p-1', top_p: 0.5, max_tokens: 9 }
  const { text_output } = await runComponent(perplexityModel, inputs, {
    outputs: ['text_output'],
    variables: { PERPLEXITY_BASE_URL: server.url },
  })
  expect(text_output).toMatchObject({ text: 'Hello' })
  expect(server.requests).toMatchObject([
    { path: '/chat/completions', body: { model: 'sonar', temperature: 0.75, top_p: 0.5, max_tokens: 9 } },
  ])
})
