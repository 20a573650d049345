import { createVectorStore } from '@runnel/storage/vectors/vector-store'
import { expect, test } from 'vitest'
import { withKnowledgeOptions } from './knowledge-options.ts'

const node = { template: { knowledge_base: { value: '', options: [] }, text: { value: 'x' } } }

test('offers the knowledge bases of the user, and leaves other nodes as they are', async () => {
  const store = createVectorStore(':memory:')
  expect(await withKnowledgeOptions(store, 'ada', node)).toEqual(node)
  await store.create('ada', 'knowledge', 'manuals', '{}')
  await store.create('bob', 'knowledge', 'letters', '{}')
  await store.create('ada', 'memory', 'chats', '{}')
  expect(await withKnowledgeOptions(store, 'ada', node)).toEqual({
    template: { ...node.template, knowledge_base: { value: '', options: ['manuals'] } },
  })
  const memory = { template: { memory_base: { value: '' } } }
  expect(await withKnowledgeOptions(store, 'ada', memory)).toEqual({
    template: { memory_base: { value: '', options: ['chats'] } },
  })
  const other = { template: { text: { value: 'x' } } }
  expect(await withKnowledgeOptions(store, 'ada', other)).toBe(other)
  await store.close()
})
