import { hashingEmbeddings } from '@runnel/models/embeddings/hashing-embeddings'
import { fakeAstra } from '@runnel/testing/stores/fake-astra'
import { keepsTheStoreContract } from '@runnel/testing/stores/store-contract'
import { storeTrial } from '@runnel/testing/stores/store-trial'
import { expect, test } from 'vitest'
import { hcd } from './hcd.ts'

const embedding = hashingEmbeddings({ dimensions: 64 })
/** The token of a user `u` with the password `p`. */
const TOKEN = 'Cassandra:dQ==:cA=='
const trial = (inputs = {}) =>
  storeTrial(
    hcd,
    fakeAstra({}, TOKEN),
    { api_endpoint: 'http://hcd.test:8181', username: 'u', password: 'p', collection_name: 'docs', ...inputs },
    embedding,
  )

keepsTheStoreContract(trial)

test('asks the Data API where clusters of one’s own have it', async () => {
  const { keep, seen } = trial()
  await keep()
  expect(seen.at(-1)?.url).toBe('http://hcd.test:8181/v1/default_namespace/docs')
})

test('leaves out what is not near enough', async () => {
  const { keep, find } = trial()
  await keep()
  const near = { search_type: 'Similarity with score threshold', search_score_threshold: 0.9, number_of_results: 9 }
  expect(await find('The office is closed on Sundays.', near)).toEqual(['The office is closed on Sundays.'])
})

test('says what HCD says', async () => {
  await expect(trial({ password: 'wrong' }).keep()).rejects.toThrow('401')
})
