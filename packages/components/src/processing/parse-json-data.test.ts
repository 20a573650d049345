import { data, message } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { parseJsonData } from './parse-json-data.ts'

test.each([
  [message('{"items": [{"n": 1}, {"n": 2}]}'), '.items[]', [{ n: 1 }, { n: 2 }]],
  [message("{items: ['a', 'b',]"), '.items[]', [{ text: 'a' }, { text: 'b' }]],
  [data({ a: { b: true } }), '.a.b', [{ text: 'True' }]],
  [[data({ a: 1 }), data({ a: 2 })], 'map(.a) | add', [{ text: '3' }]],
])('of %o, %s', async (input_value, query, expected) => {
  const { filtered_data } = await runComponent(parseJsonData, { input_value, query })
  expect(filtered_data).toMatchObject(expected.map((entries) => ({ data: entries })))
})

test.each([
  [message('no json'), '.', 'Invalid JSON'],
  [message('{}'), '.[', 'JSON Query error'],
])('fails for %o, %s', async (input_value, query, why) => {
  await expect(runComponent(parseJsonData, { input_value, query })).rejects.toThrow(why)
})
