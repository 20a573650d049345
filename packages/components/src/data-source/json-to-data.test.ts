import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { jsonToData } from './json-to-data.ts'

test.each([
  ['{"a": 1}', { data: { a: 1 } }],
  ['[{"a": 1}, 2]', [{ data: { a: 1 } }, { data: { value: 2 } }]],
  ["{'a': 1,}", { data: { a: 1 } }],
])('reads %j', async (json_string, expected) => {
  const { data } = await runComponent(jsonToData, { json_string })
  expect(data).toMatchObject(expected)
})

test('needs one source, with JSON in it', async () => {
  await expect(runComponent(jsonToData)).rejects.toThrow('exactly one of: JSON file')
  await expect(runComponent(jsonToData, { json_string: 'nothing' })).rejects.toThrow('Invalid JSON')
})
