import { hashingEmbeddings } from '@runnel/models/embeddings/hashing-embeddings'
import { fakeQdrant } from '@runnel/testing/stores/fake-qdrant'
import { keepsTheStoreContract } from '@runnel/testing/stores/store-contract'
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

keepsTheStoreContract(trial)

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
