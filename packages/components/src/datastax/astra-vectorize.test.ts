import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { astraVectorize } from './astra-vectorize.ts'

test('describes the service as Astra DB takes it', async () => {
  const given = {
    provider: 'OpenAI',
    model_name: 'text-embedding-3-small',
    api_key_name: 'mine',
    provider_api_key: 'k',
  }
  const { config } = await runComponent(astraVectorize, { ...given, authentication: { org: 'o' } })
  expect(config).toEqual({
    collection_vector_service_options: {
      provider: 'openai',
      modelName: 'text-embedding-3-small',
      authentication: { org: 'o', providerKey: 'mine' },
      parameters: {},
    },
    collection_embedding_api_key: 'k',
  })
})

test('knows the providers Astra DB has', async () => {
  await expect(runComponent(astraVectorize, { provider: 'Other' })).rejects.toThrow('There is no provider "Other"')
})
