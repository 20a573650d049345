import { message } from '@runnel/sdk'
import { providerServer, replyText } from '@runnel/testing/provider-server'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { maritalkModel } from './maritalk-model.ts'

test('asks MariTalk with its settings', async () => {
  await using server = await providerServer(replyText('Hello'))
  const inputs = { input_value: message('Hi'), api_key: 'm-1' }
  const { text_output } = await runComponent(maritalkModel, inputs, {
    outputs: ['text_output'],
    variables: { MARITALK_BASE_URL: server.url },
  })
  expect(text_output).toMatchObject({ text: 'Hello' })
  expect(server.requests).toMatchObject([
    { path: '/chat/completions', body: { model: 'sabia-3', temperature: 0.1, max_tokens: 512 } },
  ])
})
