import { isEmbeddings } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { googleGenerativeAiEmbeddings } from './google-generative-ai-embeddings.ts'

test('is the model of Google the node names', async () => {
  const { embeddings } = await runComponent(googleGenerativeAiEmbeddings, { api_key: 'k' })
  expect(isEmbeddings(embeddings) && embeddings).toMatchObject({
    provider: 'Google Generative AI',
    model: 'models/text-embedding-004',
  })
})

test('fails without a key', async () => {
  const run = runComponent(googleGenerativeAiEmbeddings, { api_key: '' })
  await expect(run).rejects.toThrow('Google Generative AI API key is required')
})
