import {
  deleteKnowledgeBase,
  deleteKnowledgeBases,
  listKnowledgeBases,
  readKnowledgeBase,
} from '@runnel/protocol/knowledge-bases'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp } from '../test-app.ts'

let server: TestApp
beforeAll(async () => {
  server = await testApp({ user: 'ada' })
})
afterAll(() => server.close())

test('there are no knowledge bases, and none is found', async () => {
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
