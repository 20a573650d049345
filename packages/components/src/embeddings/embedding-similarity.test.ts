import { data } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { embeddingSimilarity } from './embedding-similarity.ts'

const vector = (...embeddings: number[]) => data({ embeddings })

test.each([
  ['Cosine Similarity', [vector(3, 4), vector(4, 3)], { cosine_similarity: 0.96 }],
  ['Cosine Similarity', [vector(0, 0), vector(4, 3)], { cosine_similarity: 0 }],
  ['Euclidean Distance', [vector(0, 0), vector(3, 4)], { euclidean_distance: 5 }],
  ['Manhattan Distance', [vector(0, 0), vector(3, -4)], { manhattan_distance: 7 }],
  ['Manhattan Distance', [vector(0), vector(3, -4)], { error: 'Embeddings must have the same dimensions' }],
])('%s of %j', async (similarity_metric, embedding_vectors, similarity_score) => {
  const { similarity_data } = await runComponent(embeddingSimilarity, { similarity_metric, embedding_vectors })
  expect(similarity_data).toMatchObject({ data: { similarity_score } })
})

test.each([
  [[vector(1)], 'Exactly two embedding vectors are required'],
  [[vector(1), data({ text: 'x' })], 'without a vector'],
])('fails for %j', async (embedding_vectors, why) => {
  await expect(runComponent(embeddingSimilarity, { embedding_vectors })).rejects.toThrow(why)
})
