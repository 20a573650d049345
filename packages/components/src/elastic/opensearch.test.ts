import { hashingEmbeddings } from '@runnel/models/embeddings/hashing-embeddings'
import { fakeSearchIndex } from '@runnel/testing/stores/fake-search-index'
import { keepsTheStoreContract } from '@runnel/testing/stores/store-contract'
import { storeTrial } from '@runnel/testing/stores/store-trial'
import { expect, test } from 'vitest'
import { openSearch } from './opensearch.ts'

const embedding = hashingEmbeddings({ dimensions: 64 })
const basic = `Basic ${Buffer.from('admin:p').toString('base64')}`
const trial = (inputs = {}, authorization = basic) =>
  storeTrial(
    openSearch,
    fakeSearchIndex(authorization, 'chunk_embedding'),
    { opensearch_url: 'http://o.test:9200', password: 'p', ...inputs },
    embedding,
  )

keepsTheStoreContract(trial)

test('asks a query of its own as it is', async () => {
  const { keep, run, seen } = trial()
  await keep()
  await run({ search_query: 'x', hybrid_search_query: '{"query": {"match_all": {}}}' })
  expect(seen.at(-1)?.body).toMatchObject({ size: 4, query: { match_all: {} } })
  const broken = run({ search_query: 'x', hybrid_search_query: '[]' })
  await expect(broken).rejects.toThrow('The hybrid search query is no JSON object.')
})

test('shows a token in the header that is wanted', async () => {
  await trial({ auth_mode: 'jwt', jwt_token: 't' }, 'Bearer t').keep()
  await expect(trial({ password: 'wrong' }).keep()).rejects.toThrow('401')
})
