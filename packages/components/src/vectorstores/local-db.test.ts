import { hashingEmbeddings } from '@runnel/models/embeddings/hashing-embeddings'
import { createMemoryVectors, data } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { localDb } from './local-db.ts'

const embedding = hashingEmbeddings()

test('keeps texts in one run and finds them in another', async () => {
  const vectors = createMemoryVectors()
  const ingest_data = [data({ text: 'Tea is hot', cup: 1 }), data({ text: 'Ice is cold', cup: 2 })]
  const kept = await runComponent(localDb, { embedding, ingest_data }, { vectors })
  expect(kept.dataframe).toMatchObject({ rows: [] })
  const asked = { embedding, mode: 'Retrieve', search_query: 'hot tea', number_of_results: 1, search_type: 'MMR' }
  const found = await runComponent(localDb, asked, { vectors })
  expect(found.dataframe).toMatchObject({ rows: [{ text: 'Tea is hot', cup: 1 }] })
  const elsewhere = await runComponent(localDb, { ...asked, persist_directory: 'x' }, { vectors })
  expect(elsewhere.dataframe).toMatchObject({ rows: [] })
})
