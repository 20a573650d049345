import { hashingEmbeddings } from '@runnel/models/embeddings/hashing-embeddings'
import { createMemoryVectors, data, dataFrame, type Embeddings } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { faiss } from './faiss.ts'

/** Embeddings that count the texts they are given, each as a token. */
function counting(): Embeddings & { readonly embedded: string[] } {
  const embedded: string[] = []
  const real = hashingEmbeddings()
  return {
    ...real,
    embedded,
    embed(texts, signal, { addUsage } = {}) {
      embedded.push(...texts)
      addUsage?.({ input_tokens: texts.length, output_tokens: 0, total_tokens: texts.length })
      return real.embed(texts, signal)
    },
  }
}
const animals = dataFrame([
  { text: 'The cat sleeps on the sofa.', page: 1 },
  { text: 'The dog runs in the park.', page: 2 },
  { text: 'Invoices are paid within a week.', page: 3 },
])

test('finds the nearest texts, as Data and as a table, and embeds each document once', async () => {
  const embedding = counting()
  const inputs = { embedding, ingest_data: [animals], search_query: 'When is an invoice paid?', number_of_results: 1 }
  const { search_results, dataframe } = await runComponent(faiss, inputs)
  expect(search_results).toMatchObject([{ data: { text: 'Invoices are paid within a week.', page: 3 } }])
  expect(dataframe).toMatchObject({ rows: [{ text: 'Invoices are paid within a week.', page: 3 }] })
  expect(embedding.embedded.filter((text) => text.startsWith('The cat'))).toHaveLength(1)
})

test('counts the tokens of its documents and of what it looks for', async () => {
  const run = await runComponent(faiss, { embedding: counting(), ingest_data: [animals], search_query: 'dog' })
  // Three documents, and the query once for both outputs.
  expect(run.$usage).toEqual({ input_tokens: 4, output_tokens: 0 })
})

test('keeps its index for later runs, which embed what is new alone', async () => {
  const vectors = createMemoryVectors()
  const first = counting()
  await runComponent(faiss, { embedding: first, ingest_data: [animals] }, { vectors })
  const query = { search_query: 'dog', number_of_results: 9 }
  const later = await runComponent(faiss, { embedding: counting(), ...query }, { vectors })
  expect(later.search_results).toHaveLength(3)
  const second = counting()
  const changed = [data({ text: 'The cat sleeps on the sofa.', page: 1 }), data({ text: 'New', page: 4 })]
  const replaced = await runComponent(faiss, { embedding: second, ingest_data: changed, ...query }, { vectors })
  expect(second.embedded.toSorted()).toEqual(['New', 'dog'])
  expect(replaced.search_results).toHaveLength(2)
  const other = await runComponent(faiss, { embedding: counting(), index_name: 'other', ...query }, { vectors })
  expect(other.search_results).toEqual([])
})

test('finds nothing without a query, and asks no model then', async () => {
  const embedding = counting()
  expect((await runComponent(faiss, { embedding })).search_results).toEqual([])
  expect(embedding.embedded).toEqual([])
})

test.each([
  [{ ingest_data: ['a text'], embedding: counting() }, 'Vector Store Inputs must be Data objects.'],
  [{ search_query: 'x' }, 'Embeddings are missing'],
])('fails with a reason (%#)', async (inputs, why) => {
  await expect(runComponent(faiss, inputs)).rejects.toThrow(why)
})
