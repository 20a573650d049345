import { hashingEmbeddings } from '@runnel/models/embeddings/hashing-embeddings'
import { data } from '@runnel/sdk'
import { fakeMilvus } from '@runnel/testing/stores/fake-milvus'
import { keepsTheStoreContract } from '@runnel/testing/stores/store-contract'
import { storeTrial } from '@runnel/testing/stores/store-trial'
import { expect, test } from 'vitest'
import { milvus } from './milvus.ts'

const embedding = hashingEmbeddings({ dimensions: 64 })
const trial = (inputs = {}) =>
  storeTrial(milvus, fakeMilvus(), { uri: 'http://m.test', username: 'root', password: 'secret', ...inputs }, embedding)

keepsTheStoreContract(trial)

test('begins anew when it is told to', async () => {
  const { keep, find, run } = trial()
  await keep()
  await run({ drop_old: true, ingest_data: [data({ text: 'Only this' })] })
  expect(await find('closed', { number_of_results: 9 })).toEqual(['Only this'])
})

test('finds nothing where there is no collection, and says what Milvus says', async () => {
  expect(await trial().find('x')).toEqual([])
  await expect(trial({ password: 'wrong' }).keep()).rejects.toThrow('Milvus refused: user hasn’t authenticated')
})
