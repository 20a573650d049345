import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { jsonCleaner } from './json-cleaner.ts'

test.each([
  ['Here: {"a": 1} done', {}, '{"a":1}'],
  ['{\'a\': True, b: None, "c": [1, 2,],}', {}, '{"a":true,"b":null,"c":[1,2]}'],
  ['```json\n{"a": "x"}\n```', {}, '{"a":"x"}'],
  ['{"a": "it is "so" odd"}', {}, '{"a":"it is \\"so\\" odd"}'],
  ['{"a": 1, // why\n "b": 2}', {}, '{"a":1,"b":2}'],
  ['{"a": "x\u0007y"}', { remove_control_chars: true }, '{"a":"xy"}'],
  ['{"a": "e\u0301"}', { normalize_unicode: true }, '{"a":"é"}'],
  ['{"a": {"b": [1, {"c": 2}}', {}, '{"a":{"b":[1,{"c":2}]}}'],
])('repairs %j with %j', async (json_str, options, text) => {
  const { output } = await runComponent(jsonCleaner, { json_str, ...options })
  expect(output).toMatchObject({ text })
})

test.each([
  [{ json_str: 'none' }, 'Invalid JSON string: Missing { or }'],
  [{ json_str: "{'a': 1}", validate_json: true }, 'Invalid JSON string. Correct it'],
])('fails for %j', async (inputs, why) => {
  await expect(runComponent(jsonCleaner, inputs)).rejects.toThrow(why)
})
