import { data, dataFrame, message } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { parser } from './parser.ts'

const table = dataFrame([
  { name: 'Ada', n: 1.5 },
  { name: 'Bo', n: 2 },
])

test('writes the template once per row', async () => {
  const { parsed_text } = await runComponent(parser, { input_data: table, pattern: '{name}: {n:.1f}', sep: '; ' })
  expect(parsed_text).toMatchObject({ text: 'Ada: 1.5; Bo: 2.0' })
})

test('writes the template once for JSON and for each of a list', async () => {
  const one = await runComponent(parser, {
    input_data: data({ text: 'hi', tags: ['a', null] }),
    pattern: '{text} {tags}',
  })
  expect(one.parsed_text).toMatchObject({ text: "hi ['a', None]" })
  const list = await runComponent(parser, { input_data: [data({ text: 'a' }), data({ text: 'b' })] })
  expect(list.parsed_text).toMatchObject({ text: 'Text: a\nText: b' })
})

test('leaves a key that JSON lacks empty and refuses a column that a table lacks', async () => {
  const lacking = await runComponent(parser, { input_data: data({ a: 1 }), pattern: '[{b}]' })
  expect(lacking.parsed_text).toMatchObject({ text: '[]' })
  await expect(runComponent(parser, { input_data: table, pattern: '{title}' })).rejects.toThrow("'title'")
})

test('writes None for a cell without a value', async () => {
  const input_data = dataFrame([{ a: 1 }, { b: 2 }])
  const { parsed_text } = await runComponent(parser, { input_data, pattern: '{a}' })
  expect(parsed_text).toMatchObject({ text: '1\nNone' })
})

test('stringifies whatever it gets, cleaned unless told otherwise', async () => {
  const input_data = dataFrame([{ a: null }, { a: 'x' }])
  const inputs = { input_data, mode: 'Stringify' }
  const cleaned = await runComponent(parser, inputs)
  expect(cleaned.parsed_text).toMatchObject({ text: '| a   |\n|:----|\n| x   |' })
  const kept = await runComponent(parser, inputs, { dynamic: { clean_data: false } })
  expect(kept.parsed_text).toMatchObject({ text: expect.stringContaining('None') })
  expect(Object.keys(parser.dynamicInputs?.({ mode: 'Stringify' }) ?? {})).toEqual(['clean_data'])
})

test('reads the template field of nodes of 1.3', async () => {
  const { parsed_text } = await runComponent(parser, { input_data: table }, { dynamic: { template: '{name}' } })
  expect(parsed_text).toMatchObject({ text: 'Ada\nBo' })
})

test('refuses other inputs by name', async () => {
  await expect(runComponent(parser, { input_data: message('x') })).rejects.toThrow('Unsupported input type: Message')
  await expect(runComponent(parser, { mode: 'Stringify' })).rejects.toThrow('Unsupported input type: None')
})
