import { message } from '@runnel/sdk'
import { providerServer, reply } from '@runnel/testing/provider-server'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { anthropicModel } from './anthropic-model.ts'

const answer = reply({
  id: 'm1',
  type: 'message',
  role: 'assistant',
  model: 'claude',
  content: [{ type: 'text', text: 'Hello' }],
  stop_reason: 'end_turn',
  usage: { input_tokens: 3, output_tokens: 1 },
})

test.each(['', '/v1', '/v1/'])('asks Anthropic, whose address may end in %j', async (end) => {
  await using server = await providerServer(answer)
  const inputs = { input_value: message('Hi'), base_url: server.url + end, api_key: 'sk-ant-1' }
  const run = await runComponent(anthropicModel, inputs, { outputs: ['text_output'] })
  expect(run).toMatchObject({ text_output: { text: 'Hello' }, $usage: { input_tokens: 3, output_tokens: 1 } })
  expect(server.requests).toMatchObject([
    {
      path: '/v1/messages',
      headers: { 'x-api-key': 'sk-ant-1' },
      body: { model: 'claude-sonnet-4-5-20250929', max_tokens: 4096, temperature: 0.1 },
    },
  ])
})
