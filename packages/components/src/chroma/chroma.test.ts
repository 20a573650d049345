import { hashingEmbeddings } from '@runnel/models/embeddings/hashing-embeddings'
import { createMemoryVectors, data } from '@runnel/sdk'
import { httpOf, type ServiceRequest } from '@runnel/testing/answering-server'
import { runComponent } from '@runnel/testing/run-component'
import { fakeChroma } from '@runnel/testing/stores/fake-chroma'
import { expect, test } from 'vitest'
import { chroma } from './chroma.ts'

const embedding = hashingEmbeddings({ dimensions: 64 })
const ingest_data = [data({ text: 'Tea is hot', cup: 1, tags: ['x'] }), data({ text: 'Ice is cold' })]
const asked = { embedding, search_query: 'hot tea', number_of_results: 1 }

test('finds what the same node was given, and forgets it without a folder', async () => {
  const vectors = createMemoryVectors()
  const run = await runComponent(chroma, { ...asked, ingest_data }, { vectors })
  expect(run.search_results).toMatchObject([{ data: { text: 'Tea is hot', cup: 1 } }])
  expect((await runComponent(chroma, asked, { vectors })).search_results).toEqual([])
})

test('keeps a collection with a folder', async () => {
  const vectors = createMemoryVectors()
  await runComponent(chroma, { embedding, ingest_data, persist_directory: 'tea' }, { vectors })
  const later = await runComponent(chroma, { ...asked, persist_directory: 'tea' }, { vectors })
  expect(later.dataframe).toMatchObject({ rows: [{ text: 'Tea is hot' }] })
})

test('uses a Chroma server, which is told each document once', async () => {
  const seen: (ServiceRequest & { readonly url: string })[] = []
  const http = httpOf(fakeChroma(), seen)
  const at = { chroma_server_host: 'chroma.test', chroma_server_http_port: 8443, chroma_server_ssl_enabled: true }
  const first = await runComponent(chroma, { ...asked, ...at, ingest_data }, { http })
  expect(first.search_results).toMatchObject([{ data: { text: 'Tea is hot', cup: 1 } }])
  const mmr = { ...asked, ...at, ingest_data, search_type: 'MMR', number_of_results: 2 }
  const again = await runComponent(chroma, mmr, { http })
  expect(again.search_results).toHaveLength(2)
  expect(seen[0]).toMatchObject({ url: expect.stringMatching(/^https:\/\/chroma\.test:8443\/api\/v2\//) })
  expect(seen.filter(({ path }) => path.endsWith('/upsert'))).toHaveLength(1)
})

test('says what the server says when it fails', async () => {
  const http = () => ({ status: 503, body: new TextEncoder().encode('down') })
  const inputs = { ...asked, chroma_server_host: 'chroma.test' }
  await expect(runComponent(chroma, inputs, { http })).rejects.toThrow('503 - down')
})
