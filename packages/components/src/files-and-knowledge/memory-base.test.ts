import { hashingEmbeddings } from '@runnel/models/embeddings/hashing-embeddings'
import { knowledgeVectors } from '@runnel/testing/knowledge-vectors'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { memoryBase } from './memory-base.ts'

async function remembering(flowId = 'flow-1') {
  const vectors = knowledgeVectors({ memory: { name: 'chats', flowId } })
  const base = await vectors.memoryBase('chats')
  const texts = ['Ada likes tea', 'Bob likes tea']
  const embedded = await hashingEmbeddings().embed(texts, new AbortController().signal)
  const chunks = texts.map((text, at) => ({
    key: text,
    text,
    metadata: { session_id: `s-${at}`, sender: 'User' },
    vector: embedded[at] ?? [],
  }))
  await base?.collection.add(chunks)
  return vectors
}
const asked = { memory_base: 'chats', search_query: 'tea' }

test('remembers what was said in this session, or in all of them', async () => {
  const vectors = await remembering()
  const own = await runComponent(memoryBase, asked, { vectors, sessionId: 's-1' })
  expect(own.retrieve_data).toMatchObject({ rows: [{ content: 'Bob likes tea', session_id: 's-1', sender: 'User' }] })
  const all = await runComponent(memoryBase, { ...asked, filter_by_session: false }, { vectors })
  expect(all.retrieve_data).toMatchObject({ rows: [{}, {}] })
  const bare = await runComponent(memoryBase, { ...asked, include_metadata: false }, { vectors, sessionId: 's-1' })
  expect(bare.retrieve_data).toMatchObject({ columns: ['content', '_score'] })
  const blank = await runComponent(memoryBase, { ...asked, search_query: '' }, { vectors, sessionId: 's-1' })
  expect(blank.retrieve_data).toMatchObject({ rows: [] })
})

test.each([
  [{ memory_base: '' }, 'No Memory Base is selected.'],
  [{ memory_base: null }, 'No Memory Base is selected.'],
  [{ memory_base: 'other' }, "Memory Base 'other' is not attached to this flow."],
  [{ memory_base: 'chats' }, 'There is no session to remember'],
])('fails with a reason for %j', async (inputs, why) => {
  await expect(runComponent(memoryBase, inputs, { vectors: await remembering() })).rejects.toThrow(why)
})

test('does not remember for another flow', async () => {
  const run = runComponent(memoryBase, asked, { vectors: await remembering('flow-2'), sessionId: 's-1' })
  await expect(run).rejects.toThrow("Memory Base 'chats' is not attached to this flow.")
})
