import { embedThrough } from '@runnel/testing/embedding-server'
import { expect, test } from 'vitest'
import { openAiEmbeddings } from './openai-embeddings.ts'

const answer = { data: [{ index: 0, embedding: [1, 0] }] }

test('asks the server the node names, with its settings', async () => {
  const inputs = (url: string) => ({
    openai_api_key: 'sk-1',
    openai_api_base: `${url}/v1`,
    model: 'text-embedding-3-large',
    dimensions: 2,
    default_headers: { 'x-team': 'blue' },
    openai_organization: 'org-1',
  })
  const { vectors, asked } = await embedThrough(openAiEmbeddings, inputs, answer)
  expect(vectors).toEqual([[1, 0]])
  expect(asked).toMatchObject({
    path: '/v1/embeddings',
    headers: { authorization: 'Bearer sk-1', 'x-team': 'blue', 'openai-organization': 'org-1' },
    body: { model: 'text-embedding-3-large', input: ['a'], dimensions: 2 },
  })
})

test('sends a long text in pieces, or whole when it is told to', async () => {
  const two = { data: [{ embedding: [1, 0] }, { embedding: [0, 1] }] }
  const inputs = (url: string) => ({ openai_api_key: 'k', openai_api_base: url, embedding_ctx_length: 2 })
  const cut = await embedThrough(openAiEmbeddings, inputs, two, { text: 'aaaa bbbb' })
  expect(cut.asked?.body).toMatchObject({ input: ['aaaa', ' bbbb'] })
  const whole = (url: string) => ({ ...inputs(url), tiktoken_enable: false })
  const uncut = await embedThrough(openAiEmbeddings, whole, answer, { text: 'aaaa bbbb' })
  expect(uncut.asked?.body).toMatchObject({ input: ['aaaa bbbb'] })
})
