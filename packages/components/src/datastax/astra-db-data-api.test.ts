import { data } from '@runnel/sdk'
import { httpOf } from '@runnel/testing/answering-server'
import { runComponent } from '@runnel/testing/run-component'
import { fakeAstra } from '@runnel/testing/stores/fake-astra'
import { describe, expect, test } from 'vitest'
import { astraDbDataApi } from './astra-db-data-api.ts'

function trial() {
  const service = fakeAstra({ people: {} })
  const seen: Parameters<typeof httpOf>[1] = []
  const http = httpOf(service, seen)
  const given = { token: 'token', api_endpoint: 'https://db.test', collection_name: 'people' }
  const run = (inputs: object) => runComponent(astraDbDataApi, { ...given, ...inputs }, { http })
  return { run, seen }
}
const people = [
  { _id: '1', name: 'Ada', age: 36 },
  { _id: '2', name: 'Bob', age: 17 },
]

test('inserts, finds, changes, counts and deletes documents', async () => {
  const { run } = trial()
  const done = async (inputs: object) => (await run(inputs)).raw
  expect(await done({ operation: 'Insert Many', documents: people })).toMatchObject({
    data: { inserted_ids: ['1', '2'], inserted_count: 2 },
  })
  expect(await done({ operation: 'Insert One', document: { _id: '3', name: 'Eve' } })).toMatchObject({
    data: { inserted_id: '3' },
  })
  expect(
    await done({ operation: 'Update One', filter_query: { name: 'Bob' }, update: { $set: { age: 18 } } }),
  ).toMatchObject({
    data: { matched_count: 1, modified_count: 1, upserted_id: null },
  })
  const found = await run({ operation: 'Find', filter_query: { age: 18 } })
  expect(found.data).toMatchObject([{ data: { _id: '2', name: 'Bob', age: 18 } }])
  expect(found.dataframe).toMatchObject({ rows: [{ name: 'Bob' }] })
  expect(found.raw).toMatchObject({ data: { count: 1, documents: [{ name: 'Bob' }] } })
  expect(await done({ operation: 'Find One', filter_query: { name: 'Nobody' } })).toMatchObject({
    data: { document: null },
  })
  expect(await done({ operation: 'Count Documents', filter_query: {} })).toMatchObject({ data: { count: 3 } })
  expect(await done({ operation: 'Estimated Count' })).toMatchObject({ data: { estimated_count: 3 } })
  expect(await done({ operation: 'Delete One', filter_query: { name: 'Eve' } })).toMatchObject({
    data: { deleted_count: 1 },
  })
  expect(await done({ operation: 'Delete Many', filter_query: { age: 18 } })).toMatchObject({
    data: { deleted_count: 1 },
  })
})

test('does it once for all outputs', async () => {
  const { run, seen } = trial()
  await run({ operation: 'Insert One', document: { name: 'Ada' } })
  expect(seen).toHaveLength(1)
})

test.each([
  ['a text', JSON.stringify(people)],
  ['one object', people[0]],
  ['Data', people.map((one) => data(one))],
])('takes documents as %s', async (_, documents) => {
  const { run } = trial()
  await expect(run({ operation: 'Insert Many', documents })).resolves.toBeDefined()
  expect((await run({})).dataframe).toMatchObject({ rows: expect.arrayContaining([people[0]]) })
})

test('turns pages up to the limit', async () => {
  const { run, seen } = trial()
  const many = Array.from({ length: 45 }, (_, at) => ({ _id: String(at) }))
  await run({ operation: 'Insert Many', documents: many })
  expect((await run({ limit: 30 })).data).toHaveLength(30)
  expect((await run({ limit: 0 })).data).toHaveLength(45)
  expect(seen.at(-1)?.body).toMatchObject({ find: { options: { pageState: '40' } } })
})

describe('says what is missing or wrong', () => {
  test.each([
    [{ collection_name: ' ' }, 'No collection selected. Choose or create a collection first.'],
    [{ operation: 'Insert Many' }, "Astra DB Data API 'Insert Many' failed: Insert Many requires a non-empty list"],
    [{ operation: 'Insert Many', documents: [1] }, 'Documents list contains non-dict entries at index 0.'],
    [{ operation: 'Delete Many' }, "Field 'filter_query' must not be empty for this operation."],
    [{ operation: 'Update One', filter_query: { a: 1 } }, "Field 'update' must not be empty for this operation."],
    [{ collection_name: 'other' }, "Astra DB Data API 'Find' failed: Collection does not exist: other"],
  ])('%j', async (inputs, why) => {
    await expect(trial().run(inputs)).rejects.toThrow(why)
  })
})

test('shows the fields of the chosen operation', () => {
  const shown = (operation: string) =>
    Object.entries(astraDbDataApi.dynamicInputs?.({ operation }) ?? {}).flatMap(([name, { attributes }]) =>
      attributes.show ? [name] : [],
    )
  expect(shown('Update Many')).toEqual(['filter_query', 'update', 'upsert'])
  expect(shown('Insert Many')).toEqual(['documents', 'ordered'])
})
