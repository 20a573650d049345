import { hashingEmbeddings } from '@runnel/models/embeddings/hashing-embeddings'
import { isTool, type Tool } from '@runnel/sdk'
import { httpOf } from '@runnel/testing/answering-server'
import { runComponent } from '@runnel/testing/run-component'
import { fakeAstra } from '@runnel/testing/stores/fake-astra'
import { describe, expect, test } from 'vitest'
import { astraDbTool } from './astra-db-tool.ts'

const embedding = hashingEmbeddings({ dimensions: 64 })
const [ada = [], bob = []] = await embedding.embed(['mathematics', 'plumbing'], new AbortController().signal)
const people = [
  { _id: '1', name: 'Ada', metadata: { city: 'London' }, $vector: ada },
  { _id: '2', name: 'Bob', metadata: { city: 'Rome' }, $vector: bob },
]
const parameter = (name: string, more = {}) => ({ name, description: `The ${name}.`, operator: '$eq', ...more })

async function trial(inputs: object) {
  const seen: Parameters<typeof httpOf>[1] = []
  const http = httpOf(fakeAstra({ people: {} }), seen)
  const given = { token: 'token', api_endpoint: 'https://db.test', collection_name: 'people' }
  await http('https://db.test/api/json/v1/default_keyspace/people', {
    method: 'POST',
    headers: { token: 'token' },
    body: JSON.stringify({ insertMany: { documents: people } }),
  })
  const named = { tool_name: 'find_people', tool_description: 'Finds people.' }
  const run = await runComponent(astraDbTool, { ...given, ...named, ...inputs }, { http })
  const tool = run.api_build_tool
  if (!isTool(tool)) throw new Error('no tool')
  return { tool, run, find: (input: object) => tool.call({ ...input }, new AbortController().signal), seen }
}

test('is a tool with the arguments of the table, which are compared with entries of documents', async () => {
  const { tool, find, run } = await trial({
    tools_params_v2: [
      parameter('city', { metadata: 'True', mandatory: 'True' }),
      parameter('who', { attribute_name: 'name' }),
    ],
  })
  expect(tool).toMatchObject({
    name: 'find_people',
    description: 'Finds people.',
    inputSchema: { required: ['city'], properties: { city: { description: 'The city.' }, who: { type: 'string' } } },
  })
  expect(await find({ city: 'Rome' })).toMatchObject([{ name: 'Bob' }])
  expect(await find({ city: 'Rome', who: 'Ada' })).toEqual([])
  expect(run.api_run_model).toHaveLength(2)
})

test('finds the nearest to a question', async () => {
  const { find } = await trial({ use_search_query: true, embedding, number_of_results: 1 })
  expect(await find({ search_query: 'mathematics' })).toMatchObject([{ name: 'Ada' }])
})

test('lets the collection make the vector, and gives what is asked for', async () => {
  const { find, seen } = await trial({
    use_search_query: true,
    use_vectorize: true,
    projection_attributes: 'name, !metadata',
    static_filters: { name: 'Ada' },
  })
  await find({ search_query: 'numbers' })
  expect(seen.at(-1)?.body).toEqual({
    find: {
      filter: { name: 'Ada' },
      sort: { $vectorize: 'numbers' },
      projection: { $vector: false, name: true, metadata: false },
      options: { limit: 5 },
    },
  })
})

test.each([
  [{ operator: '$in' }, 'a,b', { $in: ['a', 'b'] }],
  [{ operator: '$exists' }, 'x', { $exists: true }],
  [{ operator: '$gte', is_timestamp: true }, '2024-03-21', { $gte: { $date: 1710979200000 } }],
  [{ operator: '$lt', is_timestamp: 'True' }, '21/03/2024', { $lt: { $date: 1710979200000 } }],
  [{ operator: '$lt', is_timestamp: true }, '2024-03-21 01:00:00', { $lt: { $date: 1710982800000 } }],
])('compares by %j', async (row, value, condition) => {
  const { find, seen } = await trial({ tools_params_v2: [parameter('x', row)] })
  await find({ x: value })
  expect(seen.at(-1)?.body).toMatchObject({ find: { filter: { x: condition } } })
})

test('knows the arguments of older flows', async () => {
  const { tool } = await trial({ tool_params: { '!name': 'Whose name', city: 'A city' } })
  const { inputSchema }: Tool = tool
  expect(inputSchema).toMatchObject({ required: ['name'], properties: { name: { description: 'Whose name' } } })
})

describe('says what is wrong', () => {
  test('with the name of the tool', async () => {
    await expect(trial({ tool_name: 'find people' })).rejects.toThrow('"find people" is no name of a tool.')
  })
  test('with what the model gives', async () => {
    const { find } = await trial({ tools_params_v2: [parameter('day', { is_timestamp: true })] })
    await expect(find({ day: 'soon' })).rejects.toThrow('Error parsing timestamp: Could not parse date: soon')
  })
  test('with the question', async () => {
    const { find } = await trial({ use_search_query: true })
    await expect(find({ search_query: 'x' })).rejects.toThrow('Embedding model is not set.')
  })
  test('with the database', async () => {
    await expect(trial({ token: 'wrong' })).rejects.toThrow('Role unauthorized')
  })
})
