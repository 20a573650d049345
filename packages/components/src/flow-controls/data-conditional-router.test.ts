import { data } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { dataConditionalRouter, matches } from './data-conditional-router.ts'

const by = { key_name: 'kind', compare_value: 'a' }
const [a, b, none] = [data({ kind: 'a' }), data({ kind: 'b' }), data({ other: 1 })]

test('one item goes on along its route', async () => {
  const run = await runComponent(dataConditionalRouter, { ...by, data_input: [a] })
  expect([run.true_output, new Set(run.$stopped)]).toEqual([a, new Set(['false_output'])])
  const other = await runComponent(dataConditionalRouter, { ...by, data_input: [b] })
  expect([other.false_output, new Set(other.$stopped)]).toEqual([b, new Set(['true_output'])])
})

test('of several, those that match go on, else all others', async () => {
  const some = await runComponent(dataConditionalRouter, { ...by, data_input: [a, b, none] })
  expect([some.true_output, new Set(some.$stopped)]).toEqual([[a], new Set(['false_output'])])
  const rest = await runComponent(dataConditionalRouter, { ...by, data_input: [b, none] })
  expect([rest.false_output, new Set(rest.$stopped)]).toEqual([[b], new Set(['true_output'])])
})

test('what cannot be compared goes on as an error', async () => {
  const missing = await runComponent(dataConditionalRouter, { ...by, data_input: [none] })
  expect(missing.true_output).toMatchObject({ data: { error: "Key 'kind' not found in Data. It has: other." } })
  expect(missing.$stopped).toEqual([])
  const nothing = await runComponent(dataConditionalRouter, { ...by, data_input: [] })
  expect(nothing.false_output).toMatchObject({ data: { error: expect.stringContaining('no data') } })
})

test.each([
  [7, 'equals', '7', true],
  [true, 'equals', 'True', true],
  ['abc', 'not equals', 'abc', false],
  ['abc', 'contains', 'b', true],
  ['abc', 'starts with', 'b', false],
  ['abc', 'ends with', 'c', true],
  [true, 'boolean validator', '', true],
  ['Yes', 'boolean validator', '', true],
  [0, 'boolean validator', '', false],
] as const)('%j %s %j is %j', (value, operator, wanted, expected) => {
  expect(matches(value, operator, wanted)).toBe(expected)
})
