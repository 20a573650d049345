import { hashingEmbeddings } from '@runnel/models/embeddings/hashing-embeddings'
import { fakePinecone } from '@runnel/testing/stores/fake-pinecone'
import { storeTrial } from '@runnel/testing/stores/store-trial'
import { expect, test } from 'vitest'
import { pinecone } from './pinecone.ts'

const embedding = hashingEmbeddings({ dimensions: 64 })
const trial = (inputs = {}) =>
  storeTrial(
    pinecone,
    fakePinecone(),
    { index_name: 'docs', pinecone_api_key: 'key', namespace: 'n', ...inputs },
    embedding,
  )

test('keeps texts and finds the nearest, also within a filter', async () => {
  const { keep, find, run } = trial()
  await keep()
  expect(await find('When is the refund paid?', { number_of_results: 1 })).toEqual([
    'The refund is paid within fourteen days.',
  ])
  const within = { number_of_results: 9, advanced_search_filter: { topic: 'time' } }
  expect((await find('refund', within)).toSorted()).toEqual([
    'The office is closed on Sundays.',
    'The warehouse is closed on Mondays.',
  ])
  const { dataframe } = await run({ search_query: 'Mondays', number_of_results: 1 })
  expect(dataframe).toMatchObject({ rows: [{ text: 'The warehouse is closed on Mondays.', topic: 'time' }] })
})

test('keeps what is the same once', async () => {
  const { keep, find } = trial()
  await keep()
  await keep()
  expect(await find('closed', { number_of_results: 9 })).toHaveLength(3)
})

test('asks the host of the index', async () => {
  const { keep, seen } = trial()
  await keep()
  expect(seen.map(({ url }) => url)).toContain('https://docs-1.svc.pinecone.test/vectors/upsert')
})

test.each([
  [{ index_name: 'other' }, '404'],
  [{ pinecone_api_key: 'wrong' }, '401 - Invalid API Key'],
])('says what Pinecone says for %j', async (inputs, why) => {
  await expect(trial(inputs).keep()).rejects.toThrow(why)
})
