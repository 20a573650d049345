import { hashingEmbeddings } from '@runnel/models/embeddings/hashing-embeddings'
import { data } from '@runnel/sdk'
import { fakeAstra } from '@runnel/testing/stores/fake-astra'
import { keepsTheStoreContract } from '@runnel/testing/stores/store-contract'
import { storeTrial } from '@runnel/testing/stores/store-trial'
import { describe, expect, test } from 'vitest'
import { astraDbGraph } from './astra-db-graph.ts'

const embedding_model = hashingEmbeddings({ dimensions: 64 })
const trial = (inputs = {}) =>
  storeTrial(astraDbGraph, fakeAstra(), {
    token: 'token',
    api_endpoint: 'https://db.test',
    collection_name: 'docs',
    embedding_model,
    ...inputs,
  })

const link = (direction: string, tag: string) => ({ kind: 'page', direction, tag })
const pages = [
  data({ text: 'The Nile flows north', links: [link('out', 'delta')] }),
  data({ text: 'A delta is where rivers end', links: JSON.stringify([link('bidir', 'delta'), link('out', 'sea')]) }),
  data({ text: 'Salt water everywhere', links: [link('in', 'sea')] }),
  data({ text: 'Brazil plays football', links: 'none' }),
]

describe('by meaning alone', () => {
  const plain = (inputs = {}) => {
    const made = trial({ search_type: 'Similarity', ...inputs })
    // Its filter has a name of its own.
    const find: typeof made.find = (query, { advanced_search_filter, ...rest } = {}) =>
      made.find(query, { ...rest, ...(advanced_search_filter ? { search_filter: advanced_search_filter } : {}) })
    return { ...made, find }
  }
  keepsTheStoreContract(plain)
})

test('follows links from the nearest texts, as far as it is told', async () => {
  const { keep, find, run } = trial({ number_of_results: 1 })
  await keep({ ingest_data: pages })
  expect(await find('Nile north', { search_type: 'Similarity' })).toEqual(['The Nile flows north'])
  const step = ['The Nile flows north', 'A delta is where rivers end']
  expect(await find('Nile north', { search_type: 'Graph Traversal' })).toEqual(step)
  expect(await find('Nile north', { number_of_results: 4 })).toHaveLength(4)
  const { search_results } = await run({ search_query: 'Nile north', search_type: 'Graph Traversal' })
  expect(search_results).toMatchObject([{ data: { text: 'The Nile flows north' } }, { data: {} }])
  expect(JSON.stringify(search_results)).not.toContain('links')
})

test('says what Astra DB says', async () => {
  await expect(trial({ token: 'wrong' }).keep()).rejects.toThrow('Role unauthorized')
})
