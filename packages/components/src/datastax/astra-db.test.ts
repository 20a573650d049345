import { hashingEmbeddings } from '@runnel/models/embeddings/hashing-embeddings'
import { data, isVectorStore, noSpans } from '@runnel/sdk'
import { type AstraCollections, fakeAstra } from '@runnel/testing/stores/fake-astra'
import { storeTrial } from '@runnel/testing/stores/store-trial'
import { describe, expect, test } from 'vitest'
import { astraDb } from './astra-db.ts'

const embedding_model = hashingEmbeddings({ dimensions: 64 })
const trial = (inputs = {}, collections?: AstraCollections) =>
  storeTrial(astraDb, fakeAstra(collections), {
    token: 'token',
    api_endpoint: 'https://db.test',
    collection_name: 'docs',
    embedding_model,
    ...inputs,
  })

test('makes the collection, keeps texts in it and finds the nearest', async () => {
  const { keep, find, run, seen } = trial({ number_of_results: 1 })
  await keep()
  await keep()
  expect(await find('When is the refund paid?')).toEqual(['The refund is paid within fourteen days.'])
  expect(await find('closed', { number_of_results: 9 })).toHaveLength(3)
  const { dataframe } = await run({ search_query: 'refund paid' })
  expect(dataframe).toMatchObject({ rows: [{ text: expect.any(String), topic: 'money', page: '1' }] })
  expect(seen.filter(({ body }) => JSON.stringify(body).includes('createCollection'))).toMatchObject([
    { path: '/api/json/v1/default_keyspace', body: { createCollection: { options: { vector: { dimension: 64 } } } } },
  ])
})

test('keeps to a filter, a threshold, or to what is unlike', async () => {
  const { keep, find } = trial({ number_of_results: 9 })
  await keep()
  expect(await find('refund', { advanced_search_filter: { topic: ['time'] } })).toHaveLength(2)
  const near = { search_type: 'Similarity with score threshold', search_score_threshold: 0.5 }
  expect(await find('refund paid within fourteen days', near)).toEqual(['The refund is paid within fourteen days.'])
  expect(await find('closed', { search_type: 'MMR (Max Marginal Relevance)', number_of_results: 2 })).toHaveLength(2)
  expect(await find(' ', { advanced_search_filter: { topic: 'money' } })).toEqual([
    'The refund is paid within fourteen days.',
  ])
  expect(await find('')).toEqual([])
})

test('lets the collection make the vectors, and finds by words and meaning together', async () => {
  const options = { vector: { dimension: 64, service: { provider: 'nvidia' } }, lexical: { enabled: true } }
  const { keep, find, seen } = trial({ embedding_model: '', number_of_results: 1 }, { docs: options })
  await keep()
  expect(await find('closed on Mondays')).toEqual(['The warehouse is closed on Mondays.'])
  const hybrid = {
    search_method: 'Hybrid Search',
    reranker: 'nvidia/llama-3.2-nv-rerankqa-1b-v2',
    lexical_terms: 'Sundays office',
  }
  expect(await find('When is it closed?', hybrid)).toEqual(['The office is closed on Sundays.'])
  expect(seen.at(-1)?.body).toMatchObject({
    findAndRerank: {
      sort: { $hybrid: { $vectorize: 'When is it closed?', $lexical: 'Sundays office' } },
      options: {
        limit: 1,
        rerankOn: '$vectorize',
        rerankQuery: 'When is it closed?',
        rerank: { provider: 'nvidia', modelName: 'llama-3.2-nv-rerankqa-1b-v2' },
      },
    },
  })
})

test('documents make way for new ones with the same value', async () => {
  const { keep, find } = trial({ number_of_results: 9, deletion_field: 'topic' })
  await keep()
  await keep({ ingest_data: [data({ text: 'Open every day.', topic: 'time' })] })
  expect((await find('x')).toSorted()).toEqual(['Open every day.', 'The refund is paid within fourteen days.'])
})

test('finds the database by its name', async () => {
  const { keep, seen } = trial({ api_endpoint: '', database_name: 'demo', keyspace: 'mine' })
  await keep()
  expect(seen[0]).toMatchObject({ url: 'https://api.astra.datastax.com/v2/databases?limit=100' })
  expect(seen[1]?.url).toBe('https://db-1-us-east-2.apps.astra.datastax.com/api/json/v1/mine')
})

test('is a store that others can search', async () => {
  const { keep, run } = trial()
  await keep()
  const { vectorstoreconnection: store } = await run()
  const found = isVectorStore(store)
    ? await store.search('refund', 1, { signal: new AbortController().signal, addUsage: () => {}, spans: noSpans })
    : []
  expect(found).toMatchObject([{ data: { topic: 'money' } }])
})

describe('says what is missing or wrong', () => {
  test.each([
    [{ collection_name: '' }, 'Error initializing AstraDBVectorStore: No collection is chosen.'],
    [{ api_endpoint: '', database_name: '' }, 'Error fetching database object: No database is chosen.'],
    [{ api_endpoint: '', database_name: 'other' }, 'Error fetching database object: There is no database other.'],
    [{ token: 'wrong' }, 'Role unauthorized'],
    [{ ingest_data: ['text'] }, 'Vector Store Inputs must be Data objects.'],
  ])('%j', async (inputs, why) => {
    await expect(trial().run({ search_query: 'x', ...inputs })).rejects.toThrow(why)
  })

  test('a collection that makes no vectors', async () => {
    const plain = trial({ embedding_model: '' }, { docs: { vector: { dimension: 64 } } })
    await expect(plain.find('x')).rejects.toThrow('The collection makes no vectors itself.')
  })

  test('a search the database refuses', async () => {
    await expect(trial().find('x')).rejects.toThrow(
      'Error performing search in AstraDBVectorStore: Collection does not exist: docs',
    )
  })
})
