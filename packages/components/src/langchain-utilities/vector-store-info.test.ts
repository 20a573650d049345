import { runComponent } from '@runnel/testing/run-component'
import { listStore } from '@runnel/testing/stores/list-store'
import { expect, test } from 'vitest'
import { vectorStoreInfo } from './vector-store-info.ts'

const named = { vectorstore_name: 'Rules', vectorstore_description: 'What holds.' }

test('says what a store holds', async () => {
  const store = listStore([])
  const { info } = await runComponent(vectorStoreInfo, { ...named, input_vectorstore: store })
  expect(info).toEqual({ kind: 'store-info', name: 'Rules', description: 'What holds.', store })
})

test('needs the store', async () => {
  await expect(runComponent(vectorStoreInfo, named)).rejects.toThrow('Connect one to Vector Store.')
})
