import { hashingEmbeddings } from '@runnel/models/embeddings/hashing-embeddings'
import { fakeUpstash } from '@runnel/testing/stores/fake-upstash'
import { keepsTheStoreContract } from '@runnel/testing/stores/store-contract'
import { storeTrial } from '@runnel/testing/stores/store-trial'
import { expect, test } from 'vitest'
import { upstash } from './upstash.ts'

const embedding = hashingEmbeddings({ dimensions: 64 })
const trial = (inputs = {}, service = fakeUpstash()) =>
  storeTrial(upstash, service, { index_url: 'https://up.test', index_token: 'token', embedding, ...inputs })

keepsTheStoreContract(trial)

test('lets the index make the vectors where no embeddings are connected', async () => {
  const { keep, find, seen } = trial({ embedding: undefined, namespace: 'n' })
  await keep()
  expect(await find('closed on Mondays', { number_of_results: 1 })).toEqual(['The warehouse is closed on Mondays.'])
  expect(seen.map(({ path }) => path)).toEqual(['/upsert-data/n', '/query-data/n'])
})

test('joins a filter of its own with the others', async () => {
  const { keep, find } = trial()
  await keep()
  const inputs = { metadata_filter: "topic IN ('time')", advanced_search_filter: { page: 3 } }
  expect(await find('closed', inputs)).toEqual(['The warehouse is closed on Mondays.'])
})

test('says what Upstash says', async () => {
  await expect(trial({ index_token: 'wrong' }).keep()).rejects.toThrow('401')
  await expect(trial({ index_url: 'up.test' }).keep()).rejects.toThrow('is no address of a server')
})
