import { hashingEmbeddings } from '@runnel/models/embeddings/hashing-embeddings'
import { fakeQdrant } from '@runnel/testing/stores/fake-qdrant'
import { storeTrial } from '@runnel/testing/stores/store-trial'
import { expect, test } from 'vitest'
import { qdrant } from './qdrant.ts'

const embedding = hashingEmbeddings({ dimensions: 64 })
const trial = (inputs = {}) =>
  storeTrial(
    qdrant,
    fakeQdrant(),
    { collection_name: 'docs', url: 'http://qdrant.test:6333', api_key: 'key', ...inputs },
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

test('embeds nothing that the collection has already', async () => {
  const { keep, seen } = trial()
  await keep()
  await keep()
  expect(seen.filter(({ path }) => path.endsWith('?wait=true'))).toHaveLength(1)
})

test('asks host and port, and says what Qdrant says', async () => {
  const { run, seen } = trial({ url: '', host: 'q.test', port: 7000, prefix: '/base/' })
  await expect(run({ search_query: 'x' })).rejects.toThrow('404')
  expect(seen[0]?.url).toBe('http://q.test:7000/base/collections/docs/points/query')
  await expect(trial({ api_key: 'wrong' }).keep()).rejects.toThrow('403 - forbidden')
})
