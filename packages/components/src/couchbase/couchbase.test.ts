import { hashingEmbeddings } from '@runnel/models/embeddings/hashing-embeddings'
import { fakeCouchbase } from '@runnel/testing/stores/fake-couchbase'
import { keepsTheStoreContract } from '@runnel/testing/stores/store-contract'
import { storeTrial } from '@runnel/testing/stores/store-trial'
import { expect, test } from 'vitest'
import { couchbase } from './couchbase.ts'

const trial = (inputs = {}) =>
  storeTrial(
    couchbase,
    fakeCouchbase(),
    {
      couchbase_connection_string: 'couchbases://cb.test',
      couchbase_username: 'u',
      couchbase_password: 'p',
      bucket_name: 'b',
      scope_name: 's',
      collection_name: 'c',
      index_name: 'i',
      ...inputs,
    },
    hashingEmbeddings({ dimensions: 64 }),
  )

keepsTheStoreContract(trial)

test('asks the services of the cluster', async () => {
  const { keep, find, seen } = trial()
  await keep()
  await find('closed')
  expect(new Set(seen.map(({ url }) => url))).toEqual(
    new Set(['https://cb.test:18093/query/service', 'https://cb.test:18094/api/bucket/b/scope/s/index/i/query']),
  )
  const plain = trial({ couchbase_connection_string: 'couchbase://cb.test' })
  await plain.keep()
  expect(plain.seen[0]?.url).toBe('http://cb.test:8093/query/service')
})

test.each([
  [{ couchbase_password: 'wrong' }, '401'],
  [{ collection_name: 'other' }, 'Couchbase refused: Keyspace not found'],
  [{ collection_name: 'a`; drop' }, 'names of letters, digits'],
  [{ couchbase_connection_string: 'cb.test' }, 'names no host'],
])('says what is wrong with %j', async (inputs, why) => {
  await expect(trial(inputs).keep()).rejects.toThrow(why)
})
