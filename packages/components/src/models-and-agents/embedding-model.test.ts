import { isEmbeddings } from '@runnel/sdk'
import { embedThrough } from '@runnel/testing/embedding-server'
import { runComponent } from '@runnel/testing/run-component'
import { describe, expect, test } from 'vitest'
import { embeddingModel } from './embedding-model.ts'

const openAi = { data: [{ index: 0, embedding: [1, 2] }] }

describe('the model is chosen', () => {
  test('by name and provider, as files of 1.6 do', async () => {
    const saved = { provider: 'OpenAI', model: 'text-embedding-3-large', api_key: 'sk-1', dimensions: 2 }
    const { vectors, asked, made } = await embedThrough(
      embeddingModel,
      (url) => ({ ...saved, api_base: `${url}/v1`, model_kwargs: { user: 'u' } }),
      openAi,
    )
    expect(vectors).toEqual([[1, 2]])
    expect(made).toMatchObject({ provider: 'OpenAI', model: 'text-embedding-3-large' })
    expect(asked).toMatchObject({
      path: '/v1/embeddings',
      headers: { authorization: 'Bearer sk-1' },
      body: { model: 'text-embedding-3-large', input: ['a'], dimensions: 2, user: 'u' },
    })
  })

  test('by a list of one object, as files from 1.8 do, its key from the variable of the provider', async () => {
    const model = [{ name: 'embed-v4.0', provider: 'Cohere', metadata: { model_type: 'embeddings' } }]
    const variables = { COHERE_API_KEY: 'co-1' }
    const inputs = (url: string) => ({ model, api_base: url })
    const { asked, vectors } = await embedThrough(
      embeddingModel,
      inputs,
      { embeddings: { float: [[3]] } },
      { variables },
    )
    expect(vectors).toEqual([[3]])
    expect(asked).toMatchObject({ headers: { authorization: 'Bearer co-1' }, body: { model: 'embed-v4.0' } })
  })

  test('by a bare name whose provider is known, and overruled by another name', async () => {
    const inputs = (url: string) => ({ model: 'nomic-embed-text', model_name: 'mine', ollama_base_url: url })
    const { asked } = await embedThrough(embeddingModel, inputs, { embeddings: [[1]] })
    expect(asked).toMatchObject({ path: '/api/embed', body: { model: 'mine' } })
  })

  test('by the default of the user, or because only one provider has a key', async () => {
    const chosen = JSON.stringify({ model_name: 'mistral-embed', provider: 'Mistral' })
    const variables = { __default_embedding_model__: chosen, MISTRAL_API_KEY: 'm' }
    const first = await embedThrough(embeddingModel, (url) => ({ api_base: url }), openAi, { variables })
    expect(first.asked?.body).toMatchObject({ model: 'mistral-embed' })
    const keys = { OPENAI_API_KEY: 'sk-2' }
    const second = await embedThrough(embeddingModel, (url) => ({ api_base: url }), openAi, { variables: keys })
    expect(second.asked).toMatchObject({
      headers: { authorization: 'Bearer sk-2' },
      body: { model: 'text-embedding-3-small' },
    })
  })

  test('by an edge', async () => {
    const { embeddings } = await runComponent(embeddingModel, {
      model: [{ name: 'hashing-384', provider: 'Built-in' }],
    })
    const again = await runComponent(embeddingModel, { model: embeddings })
    expect(again.embeddings).toBe(embeddings)
  })
})

test('the built-in model needs no key and no server', async () => {
  const { embeddings } = await runComponent(embeddingModel, { model: 'hashing-384' })
  const { signal } = new AbortController()
  const vectors = isEmbeddings(embeddings) ? await embeddings.embed(['Hello'], signal) : []
  expect(vectors.map((vector) => vector.length)).toEqual([384])
})

test.each([
  [{}, {}, 'An embedding model selection is required'],
  [{}, { OPENAI_API_KEY: 'a', COHERE_API_KEY: 'b' }, 'An embedding model selection is required'],
  [{ model: 'unheard-of' }, {}, 'The selected embedding model is missing a provider'],
  [{ model: [{ name: 'm', provider: 'Nobody' }] }, {}, 'Unknown provider: Nobody'],
  [{ model: 'text-embedding-3-small' }, {}, 'OpenAI API key is required when using OpenAI provider'],
  [{}, { __default_embedding_model__: '{' }, 'The variable __default_embedding_model__ is no JSON'],
])('fails with a reason for %j', async (inputs, variables, why) => {
  await expect(runComponent(embeddingModel, inputs, { variables })).rejects.toThrow(why)
})
