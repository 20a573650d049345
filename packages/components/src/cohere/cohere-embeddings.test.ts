import { isEmbeddings } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { cohereEmbeddings } from './cohere-embeddings.ts'

test('is the model of Cohere the node names', async () => {
  const { embeddings } = await runComponent(cohereEmbeddings, { api_key: 'k', model_name: 'embed-v4.0' })
  expect(isEmbeddings(embeddings) && embeddings).toMatchObject({ provider: 'Cohere', model: 'embed-v4.0' })
})

test('takes its key from the variable, and fails without one', async () => {
  const variables = { COHERE_API_KEY: 'k' }
  await expect(runComponent(cohereEmbeddings, { api_key: '' }, { variables })).resolves.toBeDefined()
  await expect(runComponent(cohereEmbeddings, { api_key: '' })).rejects.toThrow('Cohere API key is required')
})
