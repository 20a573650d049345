import { data, message } from '@runnel/sdk'
import { fakeModel } from '@runnel/testing/fake-model'
import { runComponent } from '@runnel/testing/run-component'
import { listStore } from '@runnel/testing/stores/list-store'
import { trialDocuments } from '@runnel/testing/stores/store-trial'
import { expect, test } from 'vitest'
import { selfQueryRetriever } from './self-query-retriever.ts'

const find = async (search: object | string) => {
  const asked: unknown[] = []
  const llm = fakeModel(typeof search === 'string' ? search : JSON.stringify(search))
  const { documents } = await runComponent(selfQueryRetriever, {
    llm,
    vectorstore: listStore(trialDocuments, asked),
    query: message('What is closed, after page 2?'),
    attribute_infos: [data({ name: 'page', description: 'Where it stands', type: 'integer' })],
    document_content_description: 'rules of an office',
  })
  const texts = (documents as readonly { data: { text: string } }[]).map((found) => found.data.text) // Data, by its type
  return { texts, asked, prompt: JSON.stringify(llm.requests[0]?.messages), json: llm.requests[0]?.json }
}

test('tells the model what there is to compare, and asks for JSON', async () => {
  const { prompt, json } = await find({ query: 'closed', conditions: [] })
  expect(prompt).toMatch(/rules of an office.*- page \(integer\): Where it stands.*What is closed, after page 2\?/)
  expect(json).toMatchObject({ name: 'Search' })
})

test('gives the store what stores compare, and compares the rest itself', async () => {
  const conditions = [
    { attribute: 'topic', comparator: 'eq', value: 'time' },
    { attribute: 'page', comparator: 'gt', value: 2 },
  ]
  const { texts, asked } = await find({ query: 'closed', conditions, limit: 2 })
  expect(texts).toEqual(['The warehouse is closed on Mondays.'])
  expect(asked).toEqual([{ query: 'closed', limit: 20, filter: { topic: 'time' } }])
})

test.each([
  [{ attribute: 'page', comparator: 'lte', value: '2' }, 2],
  [{ attribute: 'topic', comparator: 'ne', value: 'time' }, 1],
  [{ attribute: 'text', comparator: 'contains', value: 'Mondays' }, 1],
  [{ attribute: 'page', comparator: 'in', value: [1, 3] }, 2],
  [{ attribute: 'page', comparator: 'like', value: 1 }, 3],
])('keeps what fits %j', async (condition, count) => {
  expect((await find({ query: 'x', conditions: [condition] })).texts).toHaveLength(count)
})

test('looks for the question itself where the model answers with no search', async () => {
  const { asked } = await find('I cannot.')
  expect(asked).toEqual([{ query: 'What is closed, after page 2?', limit: 4, filter: {} }])
})
