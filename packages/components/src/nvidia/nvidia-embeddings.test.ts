import { embedThrough } from '@runnel/testing/embedding-server'
import { expect, test } from 'vitest'
import { nvidiaEmbeddings } from './nvidia-embeddings.ts'

test('asks NVIDIA, which wants to know what a text is for', async () => {
  const inputs = (url: string) => ({ base_url: url, nvidia_api_key: 'k' })
  const { vectors, asked } = await embedThrough(nvidiaEmbeddings, inputs, { data: [{ embedding: [1, 2] }] })
  expect(vectors).toEqual([[1, 2]])
  expect(asked).toMatchObject({
    path: '/embeddings',
    headers: { authorization: 'Bearer k' },
    body: { model: 'nvidia/nv-embed-v1', input_type: 'passage' },
  })
})
