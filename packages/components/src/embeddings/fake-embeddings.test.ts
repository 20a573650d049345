import { isEmbeddings } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { fakeEmbeddings } from './fake-embeddings.ts'

test('gives vectors of the wanted length, each its own', async () => {
  const { embeddings } = await runComponent(fakeEmbeddings, { dimensions: 7 })
  const vectors = isEmbeddings(embeddings) ? await embeddings.embed(['a', 'a'], new AbortController().signal) : []
  expect(vectors.map((vector) => vector.length)).toEqual([7, 7])
  expect(vectors[0]).not.toEqual(vectors[1])
})
