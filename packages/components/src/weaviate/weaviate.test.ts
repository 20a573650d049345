import { hashingEmbeddings } from '@runnel/models/embeddings/hashing-embeddings'
import { data } from '@runnel/sdk'
import { fakeWeaviate } from '@runnel/testing/stores/fake-weaviate'
import { storeTrial } from '@runnel/testing/stores/store-trial'
import { expect, test } from 'vitest'
import { weaviate } from './weaviate.ts'

const embedding = hashingEmbeddings({ dimensions: 64 })
const trial = (inputs = {}) =>
  storeTrial(
    weaviate,
    fakeWeaviate(),
    { url: 'http://w.test', api_key: 'key', index_name: 'docs', ...inputs },
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

test('finds any of several values, by words as well, and unlike ones', async () => {
  const { keep, find } = trial()
  await keep()
  const any = { number_of_results: 9, advanced_search_filter: { page: [1, 3] } }
  expect(await find('closed', any)).toHaveLength(2)
  expect(await find('Sundays', { search_by_text: true, number_of_results: 1 })).toEqual([
    'The office is closed on Sundays.',
  ])
})

test('finds nothing where there is no collection, and says what Weaviate says', async () => {
  expect(await trial().find('x')).toEqual([])
  const refused = [data({ text: 'x', refused: true })]
  await expect(trial().keep({ ingest_data: refused })).rejects.toThrow('Weaviate refused a document: invalid object')
  await expect(trial({ api_key: 'wrong' }).keep()).rejects.toThrow('401')
  await expect(trial({ index_name: 'my docs' }).find('x')).rejects.toThrow('letters, digits and _ only')
})
