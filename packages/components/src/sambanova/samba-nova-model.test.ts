import { message } from '@runnel/sdk'
import { providerServer, replyText } from '@runnel/testing/provider-server'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { sambaNovaModel } from './samba-nova-model.ts'

test('asks SambaNova at an address with or without its end', async () => {
  await using server = await providerServer(replyText('Hello'))
  const inputs = {
    input_value: message('Hi'),
    base_url: `${server.url}/v1/chat/completions`,
    api_key: 's-1',
    top_p: 0.5,
  }
  const { text_output } = await runComponent(sambaNovaModel, inputs, { outputs: ['text_output'] })
  expect(text_output).toMatchObject({ text: 'Hello' })
  expect(server.requests).toMatchObject([
    { path: '/v1/chat/completions', body: { model: 'Meta-Llama-3.3-70B-Instruct', max_tokens: 2048, top_p: 0.5 } },
  ])
})
