import { hashingEmbeddings } from '@runnel/models/embeddings/hashing-embeddings'
import { fakePinecone } from '@runnel/testing/stores/fake-pinecone'
import { keepsTheStoreContract } from '@runnel/testing/stores/store-contract'
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

keepsTheStoreContract(trial)

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
