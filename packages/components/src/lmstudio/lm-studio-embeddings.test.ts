import { embedThrough } from '@runnel/testing/embedding-server'
import { expect, test } from 'vitest'
import { lmStudioEmbeddings } from './lm-studio-embeddings.ts'

test('asks the model LM Studio runs', async () => {
  const inputs = (url: string) => ({ base_url: url, model: 'm', api_key: '' })
  const { vectors, asked } = await embedThrough(lmStudioEmbeddings, inputs, { data: [{ embedding: [1, 2] }] })
  expect(vectors).toEqual([[1, 2]])
  expect(asked).toMatchObject({ path: '/embeddings', body: { model: 'm', input: ['a'] } })
})
