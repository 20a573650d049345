import { dataFrame, message } from '@runnel/sdk'
import { knowledgeVectors } from '@runnel/testing/knowledge-vectors'
import { runComponent } from '@runnel/testing/run-component'
import { beforeEach, describe, expect, test } from 'vitest'
import { knowledge } from './knowledge.ts'

const table = dataFrame([
  { text: 'The refund is paid within fourteen days.', page: 1, topic: 'money' },
  { text: 'The office is closed on Sundays.', page: 2, topic: 'time' },
  { text: 'Parcels are sent by rail.', page: 3, topic: 'post' },
])
let vectors = knowledgeVectors({ knowledge: 'manual' })
beforeEach(() => {
  vectors = knowledgeVectors({ knowledge: 'manual' })
})
const run = (inputs: Readonly<Record<string, unknown>>) =>
  runComponent(knowledge, { knowledge_base: 'manual', ...inputs }, { vectors })
const rowsFor = async (inputs: Readonly<Record<string, unknown>>) =>
  (await run({ mode: 'Retrieve', ...inputs })).retrieve_data

test('keeps rows once, and says what it did', async () => {
  const first = await run({ input_df: table, metadata_json: '{"from": "desk"}' })
  expect(first.dataframe_output).toMatchObject({
    data: {
      kb_id: 'kb-1',
      kb_name: 'manual',
      rows: 3,
      chunks_created: 3,
      skipped: 0,
      column_metadata: { total_columns: 3, mapped_columns: 1, unmapped_columns: 2 },
      config_columns: 1,
    },
  })
  const again = await run({ input_df: table })
  expect(again.dataframe_output).toMatchObject({ data: { rows: 3, chunks_created: 0, skipped: 3 } })
  const doubled = await run({ input_df: table, allow_duplicates: true })
  expect(doubled.retrieve_data).toMatchObject({ rows: [{ chunks_created: 3 }] })
  expect(await rowsFor({ search_query: 'Sundays', top_k: 1 })).toMatchObject({
    rows: [
      {
        content: 'The office is closed on Sundays.',
        _score: expect.any(Number),
        page: '2',
        topic: 'time',
        source_metadata: '{"from":"desk"}',
      },
    ],
  })
})

describe('finds', () => {
  beforeEach(async () => void (await run({ input_df: [table] })))

  test('the nearest first, with a score that is larger the nearer', async () => {
    const found = await rowsFor({ search_query: 'When is a refund paid?', include_embeddings: true })
    const rows = (found as typeof table).rows
    expect(rows.map(({ page }) => page)[0]).toBe('1')
    expect(Number(rows[0]?._score)).toBeGreaterThan(Number(rows[2]?._score))
    expect(rows[0]?._embeddings).toHaveLength(384)
  })

  test('within a filter, and without what is kept with a text', async () => {
    const filter = { search_query: 'refund', metadata_filter: '{"topic": ["time", "post"]}', include_metadata: false }
    const rows = ((await rowsFor(filter)) as typeof table).rows
    expect(rows.map((row) => Object.keys(row))).toEqual([
      ['content', '_score'],
      ['content', '_score'],
    ])
  })

  test('by words, which have no score', async () => {
    const found = await rowsFor({ search_query: 'rail', search_method: 'Keyword Search' })
    expect(found).toMatchObject({ rows: [{ content: 'Parcels are sent by rail.' }] })
    expect((found as typeof table).columns).not.toContain('_score')
  })

  test('by both, and everything without a query', async () => {
    const both = await rowsFor({ search_query: 'rail', search_method: 'Hybrid Search', top_k: 1 })
    expect(both).toMatchObject({ rows: [{ content: 'Parcels are sent by rail.' }] })
    expect(((await rowsFor({ search_query: ' ', top_k: 2 })) as typeof table).rows).toHaveLength(2)
    const asData = await run({ mode: 'Retrieve', search_query: 'rail', top_k: 1 })
    expect(asData.dataframe_output).toMatchObject({ data: { results: [{ page: '3' }] } })
  })
})

test('a message is one row, and columns may be texts that say true', async () => {
  const column_config = [{ column_name: 'text', vectorize: 'True', identifier: 'False' }]
  const kept = await run({ input_df: message('Hello there'), column_config })
  expect(kept.dataframe_output).toMatchObject({ data: { rows: 1, chunks_created: 1 } })
})

test.each([
  [{ knowledge_base: 'nobody', input_df: table }, 'No embedding model configuration found'],
  [{ input_df: table, column_config: [] }, 'Column configuration cannot be empty'],
  [
    { input_df: table, column_config: [{ column_name: 'x' }] },
    "Column 'x' not found in DataFrame. Available columns: ",
  ],
  [{ input_df: [] }, 'There are no rows to keep'],
  [{ input_df: table, metadata_json: '[1]' }, 'metadata_json is no JSON object'],
  [{ mode: 'Retrieve', knowledge_base: '' }, 'Metadata not found for knowledge base: . Ensure it has been indexed.'],
  [{ mode: 'Retrieve', metadata_filter: '{' }, 'metadata_filter is no JSON object'],
])('fails with a reason (%#)', async (inputs, why) => {
  await expect(run(inputs)).rejects.toThrow(why)
})

test('a node that searches asks for nothing that only keeping texts needs', () => {
  const shown = (mode: string) =>
    Object.entries(knowledge.dynamicInputs?.({ mode }) ?? {}).map(([name, { attributes }]) => [name, attributes.show])
  const names = ['input_df', 'column_config', 'chunk_size', 'allow_duplicates', 'metadata_json']
  expect(shown('Retrieve')).toEqual(names.map((name) => [name, false]))
  expect(shown('Ingest')).toEqual(names.map((name) => [name, true]))
})
