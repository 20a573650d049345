import { hashingEmbeddings } from '@runnel/models/embeddings/hashing-embeddings'
import { message } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { textEmbedder } from './text-embedder.ts'

const embedding_model = hashingEmbeddings({ dimensions: 8 })

test('gives the text and its vector', async () => {
  const { embeddings } = await runComponent(textEmbedder, { embedding_model, message: message('Hello') })
  expect(embeddings).toMatchObject({ data: { text: 'Hello', embeddings: expect.objectContaining({ length: 8 }) } })
})

test.each([
  [{ embedding_model }, 'There is no text to embed'],
  [{ message: message('Hello') }, 'Embeddings are missing'],
])('fails when something is missing (%#)', async (inputs, why) => {
  await expect(runComponent(textEmbedder, inputs)).rejects.toThrow(why)
})
