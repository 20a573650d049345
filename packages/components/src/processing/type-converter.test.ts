import { data, dataFrame, message } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { typeConverter } from './type-converter.ts'

const rows = [
  { a: 1, b: 'x' },
  { a: 2, b: 'y' },
]
const table = dataFrame(rows)

test.each([
  ['message_output', message('hi'), { text: 'hi' }],
  ['message_output', 'hi', { text: 'hi' }],
  ['message_output', data({ text: 'of data', n: 1 }), { text: 'of data' }],
  ['message_output', table, { text: expect.stringContaining('|   1 | x   |') }],
  ['message_output', [message('first'), message('second')], { text: 'first' }],
  ['data_output', message('hi'), { data: { text: 'hi' } }],
  ['data_output', data({ n: 1 }), { data: { n: 1 } }],
  ['data_output', table, { data: { results: rows } }],
  ['dataframe_output', message('hi'), { rows: [{ text: 'hi' }] }],
  ['dataframe_output', data({ n: 1 }), { rows: [{ n: 1 }] }],
  ['dataframe_output', data({ records: rows }), { rows }],
  ['dataframe_output', data({ items: rows }), { rows }],
  ['dataframe_output', table, table],
])('%s of %o', async (output, input_data, expected) => {
  const run = await runComponent(typeConverter, { input_data }, { outputs: [output] })
  expect(run[output]).toMatchObject(expected)
})

test.each([
  ['{"a": 1}', { a: 1 }, [{ a: 1 }]],
  ['[{"a": 1}, {"a": 2}]', { records: [{ a: 1 }, { a: 2 }] }, [{ a: 1 }, { a: 2 }]],
  ['a,b\n1,2\n', { records: [{ a: '1', b: '2' }] }, [{ a: '1', b: '2' }]],
  ['plain, words', { text: 'plain, words' }, [{ text: 'plain, words' }]],
])('takes %j apart when told to', async (text, entries, rows) => {
  const inputs = { input_data: message(text), auto_parse: true }
  const run = await runComponent(typeConverter, inputs, { outputs: ['data_output', 'dataframe_output'] })
  expect(run).toMatchObject({ data_output: { data: entries }, dataframe_output: { rows } })
})
