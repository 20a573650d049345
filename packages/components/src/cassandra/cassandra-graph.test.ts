import { hashingEmbeddings } from '@runnel/models/embeddings/hashing-embeddings'
import { data } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { storeTrial } from '@runnel/testing/stores/store-trial'
import { testCassandra } from '@runnel/testing/test-cassandra'
import { describe, expect, test } from 'vitest'
import { cassandraGraph } from './cassandra-graph.ts'

const embedding = hashingEmbeddings({ dimensions: 64 })

test('says what is wrong', async () => {
  const given = { database_ref: '', token: 'p', keyspace: 'shop', table_name: 'docs', embedding, search_query: 'x' }
  await expect(runComponent(cassandraGraph, given)).rejects.toThrow('No server is named.')
})

const link = (direction: string, tag: string) => ({ kind: 'page', direction, tag })
const pages = [
  data({ text: 'The Nile flows north', links: [link('out', "the 'delta'")] }),
  data({ text: 'A delta is where rivers end', links: [link('bidir', "the 'delta'"), link('out', 'sea')] }),
  data({ text: 'Salt water everywhere', links: [link('in', 'sea')] }),
  data({ text: 'Brazil plays football' }),
]

const real = await testCassandra()
describe.skipIf(!real)('a real server (skipped without TEST_CASSANDRA_URL)', () => {
  test('follows links from the nearest texts, as far as it is told', async () => {
    const own = { ...real?.inputs, table_name: real?.newTable(), number_of_results: 1 }
    const { keep, find, run } = storeTrial(cassandraGraph, undefined, own, embedding)
    await keep({ ingest_data: pages })
    expect(await find('Nile north', { search_type: 'Similarity' })).toEqual(['The Nile flows north'])
    expect(await find('Nile north')).toEqual(['The Nile flows north', 'A delta is where rivers end'])
    expect(await find('Nile north', { depth: 2 })).toHaveLength(3)
    expect(await find('Nile north', { search_type: 'MMR traversal', number_of_results: 2 })).toHaveLength(2)
    const { search_results } = await run({ search_query: 'Nile north' })
    expect(JSON.stringify(search_results)).not.toContain('links')
  })
})
