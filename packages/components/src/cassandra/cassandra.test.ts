import { hashingEmbeddings } from '@runnel/models/embeddings/hashing-embeddings'
import { runComponent } from '@runnel/testing/run-component'
import { keepsTheStoreContract } from '@runnel/testing/stores/store-contract'
import { storeTrial } from '@runnel/testing/stores/store-trial'
import { testCassandra } from '@runnel/testing/test-cassandra'
import { describe, expect, test } from 'vitest'
import { cassandra } from './cassandra.ts'

const embedding = hashingEmbeddings({ dimensions: 64 })

describe('says what is wrong', () => {
  const given = { database_ref: '127.0.0.1', username: 'u', token: 'p', keyspace: 'shop', table_name: 'docs' }
  test.each([
    [{ database_ref: ' , ' }, 'No server is named.'],
    [{ keyspace: 'a; drop table b' }, 'Keyspace is "a; drop table b". Write letters, digits and underscores.'],
    [{ table_name: '' }, 'Table Name is "".'],
    [{ body_search: 'x' }, 'You should enable body search when creating the table to search the body field.'],
    [{ cluster_kwargs: { port: 1 } }, 'Cassandra: connect ECONNREFUSED 127.0.0.1:1'],
  ])('%j', async (inputs, why) => {
    const asked = { ...given, embedding, search_query: 'x', ...inputs }
    await expect(runComponent(cassandra, asked)).rejects.toThrow(why)
  })

  test('with the token of Astra', async () => {
    const asked = { ...given, database_ref: '0e1e5a5c-0000-4000-8000-000000000001', embedding, search_query: 'x' }
    const seen: unknown[] = []
    const http = (url: string, { headers }: { readonly headers?: unknown }) => {
      seen.push(url, headers)
      return { status: 401, body: Buffer.from('JWT not valid') }
    }
    await expect(runComponent(cassandra, asked, { http })).rejects.toThrow('401 - JWT not valid')
    expect(seen).toMatchObject([
      'https://api.astra.datastax.com/v2/databases/0e1e5a5c-0000-4000-8000-000000000001/secureBundleURL',
      { authorization: 'Bearer p' },
    ])
  })
})

const real = await testCassandra()
describe.skipIf(!real)('a real server (skipped without TEST_CASSANDRA_URL)', () => {
  const trial = (inputs = {}, table = real?.newTable()) => {
    const made = storeTrial(cassandra, undefined, { ...real?.inputs, table_name: table, ...inputs }, embedding)
    // Its filter has a name of its own.
    const find: typeof made.find = (query, { advanced_search_filter: search_filter = {}, ...rest } = {}) =>
      made.find(query, { ...rest, search_filter })
    return { ...made, find }
  }
  keepsTheStoreContract(trial)

  test('finds within any of several values, what is near enough, and what is unlike', async () => {
    const { keep, find } = trial({ number_of_results: 9 })
    await keep()
    expect(await find('closed', { advanced_search_filter: { topic: ['time', 'money'], page: 2 } })).toEqual([
      'The office is closed on Sundays.',
    ])
    expect(await find('closed', { advanced_search_filter: { page: [1, 3] } })).toHaveLength(2)
    const near = { search_type: 'Similarity with score threshold', search_score_threshold: 0.9 }
    expect(await find('The office is closed on Sundays.', near)).toEqual(['The office is closed on Sundays.'])
    expect(await find('closed', { search_type: 'MMR (Max Marginal Relevance)', number_of_results: 2 })).toHaveLength(2)
  })

  test('lets texts end, and uses a table as it is', async () => {
    const table = real?.newTable()
    await trial({ ttl_seconds: 3600 }, table).keep()
    expect(await trial({ setup_mode: 'Off' }, table).find('closed')).toHaveLength(3)
    await expect(trial({ setup_mode: 'Off' }).find('closed')).rejects.toThrow('Cassandra: ')
    await expect(trial({ token: 'wrong' }).find('x')).rejects.toThrow('Cassandra: ')
  })
})
