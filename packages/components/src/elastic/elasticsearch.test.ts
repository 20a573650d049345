import { hashingEmbeddings } from '@runnel/models/embeddings/hashing-embeddings'
import { fakeSearchIndex } from '@runnel/testing/stores/fake-search-index'
import { keepsTheStoreContract } from '@runnel/testing/stores/store-contract'
import { storeTrial } from '@runnel/testing/stores/store-trial'
import { expect, test } from 'vitest'
import { elasticsearch } from './elasticsearch.ts'

const embedding = hashingEmbeddings({ dimensions: 64 })
const trial = (inputs = {}) =>
  storeTrial(
    elasticsearch,
    fakeSearchIndex('ApiKey key'),
    { elasticsearch_url: 'http://e.test:9200', api_key: 'key', ...inputs },
    embedding,
  )

keepsTheStoreContract(trial)

test('leaves out what is not near enough, or what is like something nearer', async () => {
  const { keep, find } = trial()
  await keep()
  expect(await find('refund is paid', { number_of_results: 9, search_score_threshold: 0.7 })).toHaveLength(1)
  expect(await find('closed', { number_of_results: 2, search_type: 'mmr' })).toHaveLength(2)
})

test('knows a user, or a deployment by its id', async () => {
  const basic = `Basic ${Buffer.from('u:p').toString('base64')}`
  const cloud_id = `name:${Buffer.from('cloud.test$dep-1$kibana').toString('base64')}`
  const inputs = { username: 'u', password: 'p', cloud_id }
  const { keep, seen } = storeTrial(elasticsearch, fakeSearchIndex(basic), inputs, embedding)
  await keep()
  expect(seen[0]?.url).toBe('https://dep-1.cloud.test/langflow')
  await expect(trial({ cloud_id: 'x:y' }).keep()).rejects.toThrow('Cloud ID is not valid')
})

test('says what Elasticsearch says', async () => {
  await expect(trial({ api_key: 'wrong' }).keep()).rejects.toThrow('security_exception')
  await expect(trial().find('x')).rejects.toThrow('index_not_found_exception')
})
