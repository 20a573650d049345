import { hashingEmbeddings } from '@runnel/models/embeddings/hashing-embeddings'
import { data } from '@runnel/sdk'
import { fakeMilvus } from '@runnel/testing/stores/fake-milvus'
import { storeTrial } from '@runnel/testing/stores/store-trial'
import { expect, test } from 'vitest'
import { milvus } from './milvus.ts'

const embedding = hashingEmbeddings({ dimensions: 64 })
const trial = (inputs = {}) =>
  storeTrial(milvus, fakeMilvus(), { uri: 'http://m.test', username: 'root', password: 'secret', ...inputs }, embedding)

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

test('begins anew when it is told to', async () => {
  const { keep, find, run } = trial()
  await keep()
  await run({ drop_old: true, ingest_data: [data({ text: 'Only this' })] })
  expect(await find('closed', { number_of_results: 9 })).toEqual(['Only this'])
})

test('finds nothing where there is no collection, and says what Milvus says', async () => {
  expect(await trial().find('x')).toEqual([])
  await expect(trial({ password: 'wrong' }).keep()).rejects.toThrow('Milvus refused: user hasn’t authenticated')
})
