import { message } from '@runnel/sdk'
import { providerServer, replyText } from '@runnel/testing/provider-server'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { azureOpenAiModel } from './azure-openai-model.ts'

test('asks the deployment of a resource', async () => {
  await using server = await providerServer(replyText('Hello'))
  const inputs = { input_value: message('Hi'), azure_endpoint: server.url, azure_deployment: 'mine', api_key: 'az-1' }
  const { text_output } = await runComponent(azureOpenAiModel, inputs, { outputs: ['text_output'] })
  expect(text_output).toMatchObject({ text: 'Hello' })
  expect(server.requests).toMatchObject([
    {
      path: '/openai/deployments/mine/chat/completions?api-version=2024-06-01',
      headers: { 'api-key': 'az-1' },
      body: { temperature: 0.7 },
    },
  ])
})

test.each([
  [{ azure_deployment: '' }, 'the name of a deployment'],
  [{ azure_deployment: 'mine', azure_endpoint: '' }, 'A base URL is required'],
  [{ azure_deployment: 'mine', azure_endpoint: 'https://a.test', api_key: '' }, 'API key is required'],
])('%j is not enough', async (given, why) => {
  const inputs = { input_value: message('Hi'), api_key: 'k', ...given }
  await expect(runComponent(azureOpenAiModel, inputs, { outputs: ['text_output'] })).rejects.toThrow(why)
})
