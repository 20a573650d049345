import { deleteKnowledgeChunks, searchKnowledgeBase, updateKnowledgeChunk } from '@runnel/protocol/knowledge-chunks'
import { deleteKnowledgeSources, listKnowledgeSources } from '@runnel/protocol/knowledge-sources'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp } from '../test-app.ts'
import { knowledgeOf } from './test-knowledge.ts'

let server: TestApp
beforeAll(async () => {
  server = await testApp({ user: 'ada', env: { LANGFLOW_MAX_FILE_SIZE_UPLOAD: '1' } })
})
afterAll(() => server.close())

test('a base is asked as flows ask it, and its texts are corrected and taken out', async () => {
  const { make, send, added } = knowledgeOf(server)
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

test('a base tells how much comes from each file, and lets go of a file whole', async () => {
  const { make, send, added } = knowledgeOf(server)
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

test('shows how files would be cut', async () => {
  const { send } = knowledgeOf(server)
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
  const { send } = knowledgeOf(server)
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
  const { send } = knowledgeOf(server)
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
  const { send } = knowledgeOf(server)
  expect((await send('preview-chunks', files, fields)).status).toBe(status)
})
