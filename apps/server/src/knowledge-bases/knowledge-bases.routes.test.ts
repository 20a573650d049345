import {
  cancelIngestion,
  createKnowledgeBase,
  deleteKnowledgeBase,
  deleteKnowledgeBases,
  deleteKnowledgeChunks,
  ingestConnector,
  ingestFolder,
  listConnectors,
  listKnowledgeBases,
  listKnowledgeChunks,
  listKnowledgeMetadata,
  listKnowledgeRuns,
  readKnowledgeBase,
  readKnowledgeRun,
  reEmbedKnowledgeBase,
  retryKnowledgeRun,
  searchKnowledgeBase,
  testKnowledgeConnection,
  updateKnowledgeChunk,
} from '@runnel/protocol/knowledge-bases'
import { deleteKnowledgeSources, listKnowledgeSources } from '@runnel/protocol/knowledge-sources'
import { providerServer, reply, replyHanging } from '@runnel/testing/provider-server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, testApp } from '../test-app.ts'

let server: TestApp
beforeAll(async () => {
  server = await testApp({ user: 'ada', env: { LANGFLOW_MAX_FILE_SIZE_UPLOAD: '1' } })
})
afterAll(() => server.close())

const builtIn = { embedding_provider: 'Built-in', embedding_model: 'hashing-384' }
const make = (name: string, more: object = {}) =>
  server.client.call(createKnowledgeBase, { body: { name, ...builtIn, ...more } })

/** Sends files as the parts `files`, and fields beside them. */
async function send(
  path: string,
  files: Readonly<Record<string, string>>,
  fields: Readonly<Record<string, string>> = {},
) {
  const form = new FormData()
  for (const [name, content] of Object.entries(files)) form.append('files', new Blob([content]), name)
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  const encoded = new Response(form)
  const answer = await server.app.inject({
    method: 'POST',
    url: `/api/v1/knowledge_bases/${path}`,
    headers: { 'x-api-key': server.apiKey, 'content-type': encoded.headers.get('content-type') ?? '' },
    payload: Buffer.from(await encoded.arrayBuffer()),
  })
  return { status: answer.statusCode, body: answer.json() }
}

/** Waits until nothing is being added. */
async function added(kb_name: string) {
  await server.lifecycle.idle()
  return server.client.call(readKnowledgeBase, { params: { kb_name } })
}

test('there are none at first, and none is found', async () => {
  const { client } = server
  await expect(client.call(listKnowledgeBases, {})).resolves.toEqual([])
  const params = { kb_name: 'manuals' }
  const missing = { status: 404, detail: "Knowledge base 'manuals' not found" }
  await expect(client.call(readKnowledgeBase, { params })).rejects.toMatchObject(missing)
  await expect(client.call(deleteKnowledgeBase, { params })).rejects.toMatchObject(missing)
  await expect(client.call(deleteKnowledgeBases, { body: { kb_names: ['b', 'a'] } })).rejects.toMatchObject({
    status: 404,
    detail: 'Knowledge bases not found: a, b',
  })
})

test('a name that leads elsewhere is refused', async () => {
  const { client } = server
  for (const kb_name of ['../secret', 'a/b', 'a\\b']) {
    await expect(client.call(readKnowledgeBase, { params: { kb_name } })).rejects.toMatchObject({ status: 400 })
    await expect(client.call(deleteKnowledgeBase, { params: { kb_name } })).rejects.toMatchObject({ status: 400 })
    await expect(client.call(deleteKnowledgeBases, { body: { kb_names: [kb_name] } })).rejects.toMatchObject({
      status: 400,
    })
  }
})

describe('a knowledge base', () => {
  test('is made once, with a model of a known provider', async () => {
    expect(await make('old manuals')).toMatchObject({
      id: 'old_manuals',
      dir_name: 'old_manuals',
      name: 'Old Manuals',
      ...builtIn,
      chunks: 0,
      status: 'empty',
      column_config: [{ column_name: 'text', vectorize: true, identifier: true }],
    })
    await expect(make('old_manuals')).rejects.toMatchObject({
      status: 409,
      detail: "Knowledge base 'old_manuals' already exists",
    })
    await expect(make('a b/c')).rejects.toMatchObject({ status: 400 })
    await expect(make('fine', { embedding_provider: 'Nobody' })).rejects.toMatchObject({
      status: 400,
      detail: 'Unknown provider: Nobody',
    })
    await expect(make('fine', { embedding_model: ' ' })).rejects.toMatchObject({ status: 400 })
    await expect(make('fine', { backend_type: 'opensearch' })).rejects.toMatchObject({ status: 400 })
    await expect(make('no')).rejects.toMatchObject({ status: 422 })
  })

  test('belongs to its user alone', async () => {
    await make('private')
    const bob = await server.person('bob')
    expect(await bob.client.call(listKnowledgeBases, {})).toEqual([])
    const params = { kb_name: 'private' }
    await expect(bob.client.call(readKnowledgeBase, { params })).rejects.toMatchObject({ status: 404 })
    await expect(bob.client.call(deleteKnowledgeBase, { params })).rejects.toMatchObject({ status: 404 })
    await expect(bob.client.call(listKnowledgeChunks, { params, query: {} })).rejects.toMatchObject({ status: 404 })
  })

  test('takes files, tells how that went, and what it holds', async () => {
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
    await make('unreadable', { embedding_provider: 'OpenAI', embedding_model: 'text-embedding-3-small' })
    await send('unreadable/ingest', { 'a.txt': 'Hello' })
    expect(await added('unreadable')).toMatchObject({
      status: 'failed',
      failure_reason: expect.stringContaining('OpenAI API key is required'),
    })
  })

  test('adds again the files it could not add, once', async () => {
    await using refusing = await providerServer(reply({ error: { message: 'Wrong key' } }, { status: 401 }))
    const other = await testApp({ user: 'ada', env: { OPENAI_API_KEY: 'k', OPENAI_BASE_URL: refusing.url } })
    const usual = server
    server = other
    try {
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
    } finally {
      server = usual
      await other.close()
    }
  })

  test('is asked as flows ask it, and its texts are corrected and taken out', async () => {
    await make('tips')
    const params = { kb_name: 'tips' }
    await send('tips/ingest', { 'cat.txt': 'The cat sleeps on the sofa.', 'car.txt': 'Turn the key of the car.' })
    await added('tips')
    const ask = (query: string, method: 'meaning' | 'words' | 'both' = 'meaning') =>
      server.client.call(searchKnowledgeBase, { params, body: { query, method, limit: 1 } })
    const { chunks } = await ask('Turn the key of the car.')
    expect(chunks).toMatchObject([{ content: 'Turn the key of the car.', score: 1, metadata: { source: 'car.txt' } }])
    expect((await ask('sofa', 'words')).chunks).toMatchObject([{ content: 'The cat sleeps on the sofa.', score: null }])
    const chunk_id = chunks[0]?.id ?? ''
    const change = { params: { ...params, chunk_id }, body: { content: 'Press the button of the car.' } }
    await server.client.call(updateKnowledgeChunk, change)
    expect((await ask('Press the button of the car.')).chunks).toMatchObject([
      { id: chunk_id, content: 'Press the button of the car.', score: 1, metadata: { source: 'car.txt' } },
    ])
    const kept = { ...change, body: { metadata: { source: 'car.txt', shelf: 'B' } } }
    await server.client.call(updateKnowledgeChunk, kept)
    expect((await ask('Press the button of the car.')).chunks).toMatchObject([
      { content: 'Press the button of the car.', metadata: { source: 'car.txt', shelf: 'B' } },
    ])
    const stranger = { ...change, params: { ...params, chunk_id: 'nobody' } }
    await expect(server.client.call(updateKnowledgeChunk, stranger)).rejects.toMatchObject({ status: 404 })
    const gone = { params, body: { chunk_ids: [chunk_id, 'nobody'] } }
    expect(await server.client.call(deleteKnowledgeChunks, gone)).toEqual({ deleted: 1 })
    expect(await added('tips')).toMatchObject({ chunks: 1 })
  })

  test('tells how much comes from each file, and lets go of a file whole', async () => {
    await make('sources')
    const params = { kb_name: 'sources' }
    const car = 'Turn the key.\n\nPress the pedal.'
    await send('sources/ingest', { 'car.md': car, 'cat.md': 'Feed it.' }, { chunk_size: '20', chunk_overlap: '0' })
    await added('sources')
    const list = () => server.client.call(listKnowledgeSources, { params })
    const cat = { source: 'cat.md', chunks: 1, characters: 8 }
    expect(await list()).toEqual([{ source: 'car.md', chunks: 2, characters: 29 }, cat])
    const bob = await server.person('bill')
    const gone = { params, body: { sources: ['car.md', 'nothing.md'] } }
    await expect(bob.client.call(listKnowledgeSources, { params })).rejects.toMatchObject({ status: 404 })
    await expect(bob.client.call(deleteKnowledgeSources, gone)).rejects.toMatchObject({ status: 404 })
    expect(await server.client.call(deleteKnowledgeSources, gone)).toEqual({ deleted: 2 })
    expect(await list()).toEqual([cat])
    expect(await added('sources')).toMatchObject({ chunks: 1, characters: 8 })
  })

  test('is deleted with all it holds, alone or with others', async () => {
    await Promise.all(['one', 'two', 'three'].map((name) => make(name)))
    await send('one/ingest', { 'a.txt': 'Hello' })
    await added('one')
    const { client } = server
    expect(await client.call(deleteKnowledgeBase, { params: { kb_name: 'one' } })).toEqual({
      message: "Knowledge base 'one' deleted successfully",
    })
    await make('one')
    expect(await added('one')).toMatchObject({ chunks: 0 })
    const several = { body: { kb_names: ['two', 'three', 'four'] } }
    expect(await client.call(deleteKnowledgeBases, several)).toEqual({
      message: 'Successfully deleted 2 knowledge base(s)',
      deleted_count: 2,
      not_found: 'four',
    })
  })
})

test('the adding of files is cancelled, and only one is under way at a time', async () => {
  await using provider = await providerServer(replyHanging())
  const slow = await testApp({
    user: 'ada',
    env: { OPENAI_API_KEY: 'k', OPENAI_BASE_URL: provider.url },
  })
  const fast = server
  server = slow
  try {
    await make('slow', { embedding_provider: 'OpenAI', embedding_model: 'm' })
    const params = { kb_name: 'slow' }
    await expect(slow.client.call(cancelIngestion, { params })).rejects.toMatchObject({ status: 409 })
    await send('slow/ingest', { 'a.txt': 'Hello' })
    expect(await slow.client.call(readKnowledgeBase, { params })).toMatchObject({ status: 'ingesting' })
    expect(await send('slow/ingest', { 'b.txt': 'Hello' })).toMatchObject({ status: 409 })
    expect(await slow.client.call(cancelIngestion, { params })).toEqual({ message: 'Cancelled.' })
    await added('slow')
    expect(await slow.client.call(listKnowledgeRuns, { params })).toMatchObject([{ status: 'cancelled' }])
  } finally {
    server = fast
    await slow.close()
  }
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
  const other = await testApp({ user: 'ada', env: { OPENAI_API_KEY: 'k', OPENAI_BASE_URL: provider.url } })
  const usual = server
  server = other
  try {
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
  } finally {
    server = usual
    await other.close()
  }
})

test('embedding anew fails with a reason, and the base stays as it was', async () => {
  await using provider = await providerServer(reply({ error: { message: 'Wrong key' } }, { status: 401 }))
  const other = await testApp({ user: 'ada', env: { OPENAI_API_KEY: 'k', OPENAI_BASE_URL: provider.url } })
  const usual = server
  server = other
  try {
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
  } finally {
    server = usual
    await other.close()
  }
})

test('shows how files would be cut', async () => {
  const answer = await send(
    'preview-chunks',
    { 'a.txt': 'one two three four' },
    { chunk_size: '8', chunk_overlap: '0' },
  )
  expect(answer.body).toEqual({
    files: [
      {
        file_name: 'a.txt',
        total_chunks: 3,
        preview_chunks: [
          { content: 'one two', index: 0, char_count: 7 },
          { content: 'three', index: 1, char_count: 5 },
          { content: 'four', index: 2, char_count: 4 },
        ],
        error: null,
      },
    ],
  })
})

test('a file that cannot be cut says so, and the others are shown', async () => {
  const answer = await send('preview-chunks', { 'a.exe': 'MZ', 'a.txt': 'one' })
  expect(answer.body).toMatchObject({
    files: [
      {
        file_name: 'a.exe',
        total_chunks: 0,
        preview_chunks: [],
        error: expect.stringContaining('a.exe cannot be read'),
      },
      { file_name: 'a.txt', total_chunks: 1, error: null },
    ],
  })
})

test('a folder of hundreds of files is taken, one of thousands is told to come in parts', async () => {
  const folder = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`${index}.txt`, 'one']))
  expect((await send('preview-chunks', folder(300))).body.files).toHaveLength(300)
  expect(await send('preview-chunks', folder(1001))).toEqual({
    status: 400,
    body: { detail: 'More than 1000 files at once are not taken. Add them in parts.' },
  })
})

test.each([
  [{}, {}, 422],
  [{ 'a.txt': 'x' }, { chunk_size: 'many' }, 422],
  [{ 'a.txt': 'x' }, { chunk_size: '10', chunk_overlap: '10' }, 422],
  [{ '../a.txt': 'x' }, {}, 400],
  [{ 'a.txt': 'x'.repeat(1_100_000) }, {}, 413],
] as const)('an upload that is no good is refused (%#)', async (files, fields, status) => {
  expect((await send('preview-chunks', files, fields)).status).toBe(status)
})

test('says what there is not', async () => {
  await make('plain')
  const { client } = server
  const params = { kb_name: 'plain' }
  await expect(client.call(ingestFolder, { params })).rejects.toMatchObject({ status: 400 })
  await expect(client.call(ingestConnector, { params })).rejects.toMatchObject({ status: 400 })
  await expect(client.call(readKnowledgeRun, { params: { ...params, run_id: 'x' } })).rejects.toMatchObject({
    status: 404,
  })
  expect(await client.call(listConnectors, {})).toEqual([])
  expect(await client.call(testKnowledgeConnection, { body: {} })).toMatchObject({ ok: true })
  expect(await client.call(testKnowledgeConnection, { body: { backend_type: 'x' } })).toMatchObject({ ok: false })
})
