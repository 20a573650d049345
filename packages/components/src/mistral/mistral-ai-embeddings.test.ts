import { embedThrough } from '@runnel/testing/embedding-server'
import { expect, test } from 'vitest'
import { mistralAiEmbeddings } from './mistral-ai-embeddings.ts'

test('asks Mistral at the endpoint of the node', async () => {
  const inputs = (url: string) => ({ endpoint: `${url}/v1/`, mistral_api_key: 'k' })
  const { vectors, asked } = await embedThrough(mistralAiEmbeddings, inputs, { data: [{ embedding: [1, 2] }] })
  expect(vectors).toEqual([[1, 2]])
  expect(asked).toMatchObject({
    path: '/v1/embeddings',
    headers: { authorization: 'Bearer k' },
    body: { model: 'mistral-embed' },
  })
})
