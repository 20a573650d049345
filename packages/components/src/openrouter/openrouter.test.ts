import { message } from '@runnel/sdk'
import { providerServer, replyText } from '@runnel/testing/provider-server'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { openRouter } from './openrouter.ts'

test('tells OpenRouter which site and app ask', async () => {
  await using server = await providerServer(replyText('Hello'))
  const inputs = { input_value: message('Hi'), api_key: 'or-1', site_url: 'https://a.test', app_name: 'My app' }
  const { text_output } = await runComponent(openRouter, inputs, {
    outputs: ['text_output'],
    variables: { OPENROUTER_BASE_URL: server.url },
  })
  expect(text_output).toMatchObject({ text: 'Hello' })
  expect(server.requests).toMatchObject([
    {
      path: '/chat/completions',
      headers: { authorization: 'Bearer or-1', 'http-referer': 'https://a.test', 'x-title': 'My app' },
      body: { model: 'openai/gpt-4o-mini', temperature: 0.7 },
    },
  ])
})

test('site and app may come from variables', async () => {
  await using server = await providerServer(replyText('Hello'))
  const variables = {
    OPENROUTER_BASE_URL: server.url,
    OPENROUTER_API_KEY: 'or-2',
    OPENROUTER_SITE_URL: 'https://b.test',
  }
  await runComponent(openRouter, { input_value: message('Hi') }, { outputs: ['text_output'], variables })
  expect(server.requests).toMatchObject([
    { headers: { authorization: 'Bearer or-2', 'http-referer': 'https://b.test' } },
  ])
})
