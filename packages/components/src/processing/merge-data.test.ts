import { data } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { mergeData } from './merge-data.ts'

const data_inputs = [data({ text: 'a', n: 1 }), data({ text: 'b', n: 2, m: 'x' }), data({ text: 'c' })]

test.each([
  ['Concatenate', [{ text: 'a\nb\nc', n: 2, m: 'x' }]],
  ['Merge', [{ text: ['a', 'b', 'c'], n: 2, m: 'x' }]],
  ['Append', [{ text: 'a', n: 1 }, { text: 'b', n: 2, m: 'x' }, { text: 'c' }]],
  ['Join', [{ text: 'a', n: 1, text_doc2: 'b', n_doc2: 2, m_doc2: 'x', text_doc3: 'c' }]],
])('%s', async (operation, rows) => {
  const { combined_data } = await runComponent(mergeData, { data_inputs, operation })
  expect(combined_data).toMatchObject({ rows })
})

test('gives nothing for a single object', async () => {
  const { combined_data } = await runComponent(mergeData, { data_inputs: [data({ a: 1 })] })
  expect(combined_data).toMatchObject({ rows: [] })
})
