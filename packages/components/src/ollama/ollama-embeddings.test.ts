import { embedThrough } from '@runnel/testing/embedding-server'
import { expect, test } from 'vitest'
import { ollamaEmbeddings } from './ollama-embeddings.ts'

test('asks the model Ollama runs', async () => {
  const inputs = (url: string) => ({ base_url: url, model_name: 'nomic-embed-text' })
  const { vectors, asked } = await embedThrough(ollamaEmbeddings, inputs, { embeddings: [[1, 2]] })
  expect(vectors).toEqual([[1, 2]])
  expect(asked).toMatchObject({ path: '/api/embed', body: { model: 'nomic-embed-text', input: ['a'] } })
})
