import { hashingEmbeddings } from '@runnel/models/embeddings/hashing-embeddings'
import { data } from '@runnel/sdk'
import { namedServer } from '@runnel/testing/named-server'
import { type FakeRedis, fakeRedis } from '@runnel/testing/stores/fake-redis'
import { keepsTheStoreContract } from '@runnel/testing/stores/store-contract'
import { storeTrial } from '@runnel/testing/stores/store-trial'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { redis } from './redis.ts'

const embedding = hashingEmbeddings({ dimensions: 64 })
const trialAt = (redis_server_url: string, inputs = {}) =>
  storeTrial(redis, undefined, { redis_server_url, redis_index_name: 'docs', ...inputs }, embedding)

let server: FakeRedis
beforeEach(async () => {
  server = await fakeRedis({ password: 'word' })
})
afterEach(() => server[Symbol.asyncDispose]())

keepsTheStoreContract(() => trialAt(server.url))

test('finds nothing before something is kept', async () => {
  expect(await trialAt(server.url).find('x')).toEqual([])
})

test('keeps texts in pieces cut at empty lines, with metadata as they were', async () => {
  const { run, find } = trialAt(server.url)
  const long = ['Refunds.', 'x'.repeat(600), 'y'.repeat(600)].join('\n\n')
  await run({ ingest_data: [data({ text: long, page: 7, 'a b': 'c|d-e' })] })
  expect(await find('x', { number_of_results: 9 })).toHaveLength(2)
  const found = await run({ search_query: 'x', advanced_search_filter: { 'a b': 'c|d-e' }, number_of_results: 1 })
  expect(found.search_results).toMatchObject([{ data: { page: 7, 'a b': 'c|d-e' } }])
  await run({ ingest_data: [data({ text: 'new', colour: 'red' })] })
  expect(await find('x', { advanced_search_filter: { colour: ['red', 'blue'] } })).toEqual(['new'])
})

test('finds unlike texts', async () => {
  const { keep, run } = trialAt(server.url)
  await keep()
  const { vectorstoreconnection: store } = await run()
  expect(store).toMatchObject({ kind: 'vector-store', provider: 'Redis' })
})

describe('says what is wrong', () => {
  test.each([
    ['redis://127.0.0.1:1', 'Could not reach the Redis server: connect ECONNREFUSED'],
    ['http://127.0.0.1', 'The address of the Redis server is none.'],
    ['', 'The address of the Redis server is none.'],
  ])('with the address %s', async (address, why) => {
    await expect(trialAt(address).find('x')).rejects.toThrow(why)
  })

  test('with the password', async () => {
    const address = server.url.replace('word', 'wrong')
    await expect(trialAt(address).find('x')).rejects.toThrow('Redis: NOAUTH Authentication required.')
  })

  test('with the name of the index', async () => {
    await expect(trialAt(server.url, { redis_index_name: ' ' }).find('x')).rejects.toThrow('No index is named.')
  })

  test('with a server that cannot search', async () => {
    await using plain = await fakeRedis({ search: false })
    await expect(trialAt(plain.url).find('x')).rejects.toThrow('This Redis server has no search.')
  })
})

// A server with search: Redis 8 or Redis Stack.
const real = namedServer('TEST_REDIS_URL')
describe.skipIf(!real)('a real server (skipped without TEST_REDIS_URL)', () => {
  let index = 0
  const name = `runnel-${process.pid}`
  keepsTheStoreContract(() => trialAt(real ?? '', { redis_index_name: `${name}-${++index}` }))
})
