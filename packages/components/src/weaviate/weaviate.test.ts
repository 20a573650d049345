import { hashingEmbeddings } from '@runnel/models/embeddings/hashing-embeddings'
import { data } from '@runnel/sdk'
import { fakeWeaviate } from '@runnel/testing/stores/fake-weaviate'
import { keepsTheStoreContract } from '@runnel/testing/stores/store-contract'
import { storeTrial } from '@runnel/testing/stores/store-trial'
import { expect, test } from 'vitest'
import { weaviate } from './weaviate.ts'

const embedding = hashingEmbeddings({ dimensions: 64 })
const trial = (inputs = {}) =>
  storeTrial(
    weaviate,
    fakeWeaviate(),
    { url: 'http://w.test', api_key: 'key', index_name: 'docs', ...inputs },
    embedding,
  )

keepsTheStoreContract(trial)

test('finds any of several values, by words as well, and unlike ones', async () => {
  const { keep, find } = trial()
  await keep()
  const any = { number_of_results: 9, advanced_search_filter: { page: [1, 3] } }
  expect(await find('closed', any)).toHaveLength(2)
  expect(await find('Sundays', { search_by_text: true, number_of_results: 1 })).toEqual([
    'The office is closed on Sundays.',
  ])
})

test('finds nothing where there is no collection, and says what Weaviate says', async () => {
  expect(await trial().find('x')).toEqual([])
  const refused = [data({ text: 'x', refused: true })]
  await expect(trial().keep({ ingest_data: refused })).rejects.toThrow('Weaviate refused a document: invalid object')
  await expect(trial({ api_key: 'wrong' }).keep()).rejects.toThrow('401')
  await expect(trial({ index_name: 'my docs' }).find('x')).rejects.toThrow('letters, digits and _ only')
})
