import { readKnowledgeBase } from '@runnel/protocol/knowledge-bases'
import {
  listKnowledgeChunks,
  listKnowledgeMetadata,
  searchKnowledgeBase,
  updateKnowledgeChunk,
} from '@runnel/protocol/knowledge-chunks'
import {
  cancelIngestion,
  listKnowledgeRuns,
  readKnowledgeRun,
  reEmbedKnowledgeBase,
  retryKnowledgeRun,
} from '@runnel/protocol/knowledge-runs'
import { providerServer, reply, replyHanging } from '@runnel/testing/provider-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp } from '../test-app.ts'
import { builtIn, knowledgeOf } from './test-knowledge.ts'

let server: TestApp
beforeAll(async () => {
  server = await testApp({ user: 'ada' })
})
afterAll(() => server.close())

test('a base takes files, tells how that went, and what it holds', async () => {
  const { make, send, added } = knowledgeOf(server)
  await make('guides')
  const params = { kb_name: 'guides' }
  const text = 'Turn the key.\n\nPress the pedal.\n\nLook around.'
  const begun = await send(
    'guides/ingest',
    { 'car.md': text, 'tool.exe': 'MZ' },
    {
      chunk_size: '20',
      chunk_overlap: '0',
      metadata: '{"shelf": "A"}',
    },
  )
  expect(begun).toMatchObject({
    status: 202,
    body: { message: '2 files are being added.', run: { status: 'running', total_items: 2 } },
  })
  expect(await added('guides')).toMatchObject({
    status: 'ready',
    chunks: 3,
    words: 8,
    characters: 41,
    avg_chunk_size: 13.7,
    chunk_size: 20,
    source_types: ['file'],
    last_job_id: begun.body.job_id,
  })
  const [run] = await server.client.call(listKnowledgeRuns, { params })
  expect(run).toMatchObject({ status: 'completed', succeeded: 1, failed: 1, chunks_created: 3 })
  expect(run?.error_message).toContain('tool.exe')
  expect(run).toMatchObject({
    can_retry: true,
    files: [
      { name: 'car.md', size: text.length, status: 'succeeded', chunks: 3, error: null },
      { name: 'tool.exe', size: 2, status: 'failed', chunks: 0, error: expect.stringContaining('cannot be read') },
    ],
  })
  const read = { params: { ...params, run_id: begun.body.job_id } }
  expect(await server.client.call(readKnowledgeRun, read)).toEqual(run)
  const page = await server.client.call(listKnowledgeChunks, { params, query: { limit: 1, page: 2 } })
  expect(page).toMatchObject({
    chunks: [{ content: 'Press the pedal.', char_count: 16, metadata: { source: 'car.md', shelf: 'A' } }],
    total: 3,
    page: 2,
    total_pages: 3,
  })
  const found = await server.client.call(listKnowledgeChunks, { params, query: { search: 'KEY', source: 'car.md' } })
  expect(found.chunks.map(({ content }) => content)).toEqual(['Turn the key.'])
  const { keys } = await server.client.call(listKnowledgeMetadata, { params })
  expect(keys).toContainEqual({ key: 'shelf', values: ['A'] })
  const onShelf = (value: string) =>
    server.client.call(listKnowledgeChunks, { params, query: { key: 'shelf', value, source: 'car.md' } })
  expect([(await onShelf('A')).total, (await onShelf('B')).total]).toEqual([3, 0])
  await send('guides/ingest', { 'car.md': text }, { chunk_size: '20', chunk_overlap: '0' })
  expect(await added('guides')).toMatchObject({ chunks: 3 })
  expect(await server.client.call(listKnowledgeRuns, { params })).toMatchObject([{ skipped: 1 }, { succeeded: 1 }])
})

test('says why files could not be added', async () => {
  const { make, send, added } = knowledgeOf(server)
  await make('unreadable', { embedding_provider: 'OpenAI', embedding_model: 'text-embedding-3-small' })
  await send('unreadable/ingest', { 'a.txt': 'Hello' })
  expect(await added('unreadable')).toMatchObject({
    status: 'failed',
    failure_reason: expect.stringContaining('OpenAI API key is required'),
  })
})

test('files that could not be added are added again, once', async () => {
  await using refusing = await providerServer(reply({ error: { message: 'Wrong key' } }, { status: 401 }))
  await using other = await testApp({ user: 'ada', env: { OPENAI_API_KEY: 'k', OPENAI_BASE_URL: refusing.url } })
  const { make, send, added } = knowledgeOf(other)
  await make('letters', { embedding_provider: 'OpenAI', embedding_model: 'm' })
  const params = { kb_name: 'letters' }
  const sent = await send('letters/ingest', { 'a.txt': 'Hello', 'b.txt': 'World' }, { metadata: '{"shelf":"B"}' })
  await added('letters')
  const [failed] = await other.client.call(listKnowledgeRuns, { params })
  expect(failed).toMatchObject({ status: 'failed', failed: 2, can_retry: true })
  const again = { params: { ...params, run_id: sent.body.job_id } }
  const begun = await other.client.call(retryKnowledgeRun, again)
  expect(begun).toMatchObject({ status: 'running', total_items: 2, user_metadata: { shelf: 'B' } })
  await added('letters')
  expect(await other.client.call(listKnowledgeRuns, { params })).toMatchObject([
    { id: begun.id, can_retry: true, files: [{ name: 'a.txt' }, { name: 'b.txt' }] },
    { id: sent.body.job_id, can_retry: false },
  ])
  await expect(other.client.call(retryKnowledgeRun, again)).rejects.toMatchObject({ status: 404 })
})

test('the adding of files is cancelled, and only one is under way at a time', async () => {
  await using provider = await providerServer(replyHanging())
  await using slow = await testApp({
    user: 'ada',
    env: { OPENAI_API_KEY: 'k', OPENAI_BASE_URL: provider.url },
  })
  const { make, send, added } = knowledgeOf(slow)
  await make('slow', { embedding_provider: 'OpenAI', embedding_model: 'm' })
  const params = { kb_name: 'slow' }
  await expect(slow.client.call(cancelIngestion, { params })).rejects.toMatchObject({ status: 409 })
  await send('slow/ingest', { 'a.txt': 'Hello' })
  expect(await slow.client.call(readKnowledgeBase, { params })).toMatchObject({ status: 'ingesting' })
  expect(await send('slow/ingest', { 'b.txt': 'Hello' })).toMatchObject({ status: 409 })
  expect(await slow.client.call(cancelIngestion, { params })).toEqual({ message: 'Cancelled.' })
  await added('slow')
  expect(await slow.client.call(listKnowledgeRuns, { params })).toMatchObject([{ status: 'cancelled' }])
})

test('a base is embedded with another model, and searched as it was until that is whole', async () => {
  const gate = Promise.withResolvers<void>()
  const vectors = (...all: readonly (readonly number[])[]) =>
    reply({ data: all.map((embedding, index) => ({ index, embedding })), model: 'm' })
  const both = vectors([1, 0, 0], [0, 1, 0])
  await using provider = await providerServer(
    async (response) => {
      await gate.promise
      await both(response)
    },
    vectors([0, 0, 1]),
  )
  await using other = await testApp({ user: 'ada', env: { OPENAI_API_KEY: 'k', OPENAI_BASE_URL: provider.url } })
  const { make, send, added } = knowledgeOf(other)
  await make('moved')
  const params = { kb_name: 'moved' }
  await send('moved/ingest', { 'a.txt': 'The cat sleeps on the sofa.', 'b.txt': 'Turn the key of the car.' })
  await added('moved')
  const openAi = { embedding_provider: 'OpenAI', embedding_model: 'm-2' }
  const begun = await other.client.call(reEmbedKnowledgeBase, { params, body: openAi })
  expect(begun).toMatchObject({ status: 'running', source_name: 'hashing-384 → m-2', total_items: 2 })
  expect(await send('moved/ingest', { 'c.txt': 'x' })).toMatchObject({ status: 409 })
  const ask = (query: string) =>
    other.client.call(searchKnowledgeBase, { params, body: { query, method: 'meaning', limit: 1 } })
  expect((await ask('Turn the key of the car.')).chunks).toMatchObject([{ score: 1, metadata: { source: 'b.txt' } }])
  const chunk_id = (await ask('The cat sleeps on the sofa.')).chunks[0]?.id ?? ''
  // Changed while it goes on, with the old text on its way to the model: the new index has the new text.
  await expect.poll(() => provider.requests.length).toBe(1)
  const change = { params: { ...params, chunk_id }, body: { content: 'The cat has left.' } }
  await other.client.call(updateKnowledgeChunk, change)
  expect(await other.client.call(readKnowledgeBase, { params })).toMatchObject({ ...builtIn, status: 'ingesting' })
  gate.resolve()
  expect(await added('moved')).toMatchObject({ ...openAi, status: 'ready', chunks: 2 })
  expect(await other.client.call(listKnowledgeRuns, { params })).toMatchObject([
    { id: begun.id, status: 'completed', source_type: 're-embedding', finished_at: expect.any(String) },
    { source_type: 'file' },
  ])
  expect((await ask('The cat has left.')).chunks).toMatchObject([{ content: 'The cat has left.', score: 1 }])
})

test('embedding anew fails with a reason, and the base stays as it was', async () => {
  await using provider = await providerServer(reply({ error: { message: 'Wrong key' } }, { status: 401 }))
  await using other = await testApp({ user: 'ada', env: { OPENAI_API_KEY: 'k', OPENAI_BASE_URL: provider.url } })
  const { make, send, added } = knowledgeOf(other)
  await make('kept')
  const params = { kb_name: 'kept' }
  const ask = (body: { readonly embedding_provider: string; readonly embedding_model: string }) =>
    other.client.call(reEmbedKnowledgeBase, { params, body })
  await send('kept/ingest', { 'a.txt': 'The cat sleeps.' })
  await added('kept')
  await expect(ask({ embedding_provider: 'Nobody', embedding_model: 'm' })).rejects.toMatchObject({ status: 400 })
  await expect(ask({ embedding_provider: 'Mistral', embedding_model: 'm' })).rejects.toMatchObject({
    detail: expect.stringContaining('Mistral API key is required'),
  })
  await ask({ embedding_provider: 'OpenAI', embedding_model: 'm' })
  expect(await added('kept')).toMatchObject({
    ...builtIn,
    chunks: 1,
    failure_reason: expect.stringContaining('Wrong key'),
  })
  const body = { query: 'The cat sleeps.', method: 'meaning', limit: 1 } as const
  const { chunks } = await other.client.call(searchKnowledgeBase, { params, body })
  expect(chunks).toMatchObject([{ score: 1 }])
})
