import { hashingEmbeddings } from '@runnel/models/embeddings/hashing-embeddings'
import { fakeSupabase } from '@runnel/testing/stores/fake-supabase'
import { storeTrial } from '@runnel/testing/stores/store-trial'
import { expect, test } from 'vitest'
import { supabase } from './supabase.ts'

const embedding = hashingEmbeddings({ dimensions: 64 })
const trial = (inputs = {}) =>
  storeTrial(
    supabase,
    fakeSupabase(),
    { supabase_url: 'https://s.test', supabase_service_key: 'key', ...inputs },
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

test('says what Supabase says', async () => {
  await expect(trial({ supabase_service_key: 'wrong' }).keep()).rejects.toThrow('401')
  await expect(trial({ table_name: 'other' }).keep()).rejects.toThrow("Could not find the table 'public.other'")
})
