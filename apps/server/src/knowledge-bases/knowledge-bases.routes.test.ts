import {
  deleteKnowledgeBase,
  deleteKnowledgeBases,
  listKnowledgeBases,
  readKnowledgeBase,
  testKnowledgeConnection,
} from '@runnel/protocol/knowledge-bases'
import { listKnowledgeChunks } from '@runnel/protocol/knowledge-chunks'
import { ingestConnector, ingestFolder, listConnectors, readKnowledgeRun } from '@runnel/protocol/knowledge-runs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, testApp } from '../test-app.ts'
import { builtIn, knowledgeOf } from './test-knowledge.ts'

let server: TestApp
beforeAll(async () => {
  server = await testApp({ user: 'ada' })
})
afterAll(() => server.close())

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
    const { make } = knowledgeOf(server)
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
    const { make } = knowledgeOf(server)
    await make('private')
    const bob = await server.person('bob')
    expect(await bob.client.call(listKnowledgeBases, {})).toEqual([])
    const params = { kb_name: 'private' }
    await expect(bob.client.call(readKnowledgeBase, { params })).rejects.toMatchObject({ status: 404 })
    await expect(bob.client.call(deleteKnowledgeBase, { params })).rejects.toMatchObject({ status: 404 })
    await expect(bob.client.call(listKnowledgeChunks, { params, query: {} })).rejects.toMatchObject({ status: 404 })
  })

  test('is deleted with all it holds, alone or with others', async () => {
    const { make, send, added } = knowledgeOf(server)
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

test('says what there is not', async () => {
  const { make } = knowledgeOf(server)
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
