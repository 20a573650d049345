import { embedThrough } from '@runnel/testing/embedding-server'
import { expect, test } from 'vitest'
import { azureOpenAiEmbeddings } from './azure-openai-embeddings.ts'

test('asks the deployment of the resource', async () => {
  const inputs = (url: string) => ({ azure_endpoint: url, azure_deployment: 'mine', api_key: 'k', dimensions: 2 })
  const { vectors, asked } = await embedThrough(azureOpenAiEmbeddings, inputs, { data: [{ embedding: [1, 2] }] })
  expect(vectors).toEqual([[1, 2]])
  expect(asked).toMatchObject({
    path: '/openai/deployments/mine/embeddings?api-version=2023-08-01-preview',
    headers: { 'api-key': 'k' },
    body: { dimensions: 2 },
  })
})

test('says what is missing', async () => {
  await expect(embedThrough(azureOpenAiEmbeddings, () => ({ api_key: 'k' }), {})).rejects.toThrow('needs the endpoint')
})
