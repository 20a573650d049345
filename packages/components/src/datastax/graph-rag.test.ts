import { type Data, data } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { listStore } from '@runnel/testing/stores/list-store'
import { expect, test } from 'vitest'
import { graphRag } from './graph-rag.ts'

const documents = [
  data({ text: 'The Nile flows north', topic: 'rivers' }),
  data({ text: 'The Amazon is wide', topic: 'rivers' }),
  data({ text: 'Brazil plays football', topic: 'sports' }),
]
const find = async (inputs: object, asked: unknown[] = []) => {
  const given = {
    vector_store: listStore(documents, asked),
    edge_definition: 'topic, topic',
    search_query: 'Nile north',
  }
  const { search_results, dataframe } = await runComponent(graphRag, { ...given, ...inputs })
  expect(dataframe).toMatchObject({ rows: (search_results as readonly Data[]).map((found) => found.data) }) // its type
  return (search_results as readonly Data[]).map((found) => found.data.text)
}
const kwargs = (more: object) => ({ graphrag_strategy_kwargs: { start_k: 1, ...more } })

test('finds what entries of the metadata join to the nearest texts, once', async () => {
  const asked: unknown[] = []
  expect(await find(kwargs({}), asked)).toEqual(['The Nile flows north', 'The Amazon is wide'])
  expect(asked).toEqual([
    { query: 'Nile north', limit: 1, filter: {} },
    { query: 'Nile north', limit: 10, filter: { topic: ['rivers'] } },
  ])
})

test('goes no farther, and gives no more, than it is told', async () => {
  expect(await find(kwargs({ max_depth: 0 }))).toEqual(['The Nile flows north'])
  expect(await find(kwargs({ select_k: 1 }))).toEqual(['The Nile flows north'])
})

test('puts what is nearest first, however it was reached', async () => {
  const inputs = { ...kwargs({ start_k: 3 }), strategy: 'Scored', search_query: 'wide Amazon' }
  expect((await find(inputs))[0]).toBe('The Amazon is wide')
})

test('says what is missing', async () => {
  await expect(find({ edge_definition: 'topic' })).rejects.toThrow('needs two names')
  await expect(find({ vector_store: undefined })).rejects.toThrow('There is no vector store.')
  expect(await find({ search_query: ' ' })).toEqual([])
})
