import { embedThrough } from '@runnel/testing/embedding-server'
import { expect, test } from 'vitest'
import { huggingFaceEmbeddingsInference } from './hugging-face-embeddings-inference.ts'

test('asks a server of its own for the model', async () => {
  const inputs = (url: string) => ({ inference_endpoint: url, model_name: 'BAAI/bge', api_key: 'k' })
  const { vectors, asked } = await embedThrough(huggingFaceEmbeddingsInference, inputs, [[1, 2]])
  expect(vectors).toEqual([[1, 2]])
  expect(asked).toMatchObject({ path: '/BAAI/bge', headers: { authorization: 'Bearer k' }, body: { inputs: ['a'] } })
})
