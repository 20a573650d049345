import { data } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { updateData } from './update-data.ts'

const dynamic = { field_1_key: { n: 2 } }

test('sets fields of one object, or of each of several, and leaves the given ones alone', async () => {
  const given = data({ n: 1, text: 'a' })
  const one = await runComponent(updateData, { old_data: [given] }, { dynamic })
  expect(one.data).toMatchObject({ data: { n: 2, text: 'a' } })
  expect(given.data).toEqual({ n: 1, text: 'a' })
  const two = await runComponent(updateData, { old_data: [given, data({})] }, { dynamic })
  expect(two.data).toMatchObject([{ data: { n: 2, text: 'a' } }, { data: { n: 2 } }])
})

test.each([
  [{ old_data: [] }, 'old_data is not a Data object or list of Data objects.'],
  [{ old_data: [data({})], text_key: 'title' }, "Text Key: 'title' not found in the Data keys: 'n'"],
])('fails with %j', async (inputs, why) => {
  await expect(runComponent(updateData, inputs, { dynamic })).rejects.toThrow(why)
})
