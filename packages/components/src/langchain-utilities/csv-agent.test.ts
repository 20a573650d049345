import type { ModelPart } from '@runnel/sdk'
import { fakeModel } from '@runnel/testing/fake-model'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { csvAgent } from './csv-agent.ts'

const bytes = new TextEncoder().encode('river,country,km\nNile,Egypt,6650\nPo,Italy,652\nTiber,Italy,405\n')
const files = { 'user-1/rivers.csv': { name: 'rivers.csv', mediaType: 'text/csv', bytes } }
const call = (name: string, input: object): readonly ModelPart[] => [
  { type: 'tool-call', call: { id: 'c-1', name, input } },
  { type: 'finish', reason: 'tool_calls', usage: null },
]

/** What a tool tells the model. */
async function told(name: string, input: object): Promise<unknown> {
  const model = fakeModel(call(name, input), 'Done.')
  const inputs = { model, path: ['user-1/rivers.csv'], input_value: 'Which?' }
  await runComponent(csvAgent, inputs, { files })
  const last = model.requests[1]?.messages.at(-1)
  return last?.role === 'tool' && last.output.startsWith('{')
    ? JSON.parse(last.output)
    : last?.role === 'tool' && last.output
}

test('answers the question with tools that know the table', async () => {
  const model = fakeModel('The Nile.')
  const inputs = { model, path: ['user-1/rivers.csv'], input_value: 'Which is longest?' }
  expect(await runComponent(csvAgent, inputs, { files })).toMatchObject({ response: { text: 'The Nile.' } })
  expect(model.requests[0]?.tools?.map(({ name }) => name)).toEqual(['describe_table', 'find_rows', 'measure_column'])
  expect(JSON.stringify(model.requests[0]?.messages)).toContain('Which is longest?')
})

test.each([
  ['describe_table', {}, { rows: 3, columns: ['river', 'country', 'km'] }],
  [
    'find_rows',
    { column: 'country', value: 'Italy', sort_by: 'km' },
    { count: 2, rows: [{ river: 'Tiber' }, { river: 'Po' }] },
  ],
  [
    'find_rows',
    { column: 'km', comparison: 'greater than', value: '500', sort_by: 'km', descending: true },
    { rows: [{ river: 'Nile' }, { river: 'Po' }] },
  ],
  ['measure_column', { measure: 'sum', of: 'km', group_by: 'country' }, { Egypt: 6650, Italy: 1057 }],
])('%s of %j', async (name, input, expected) => {
  expect(await told(name, input)).toMatchObject(expected)
})

test.each([
  [{ measure: 'max', of: 'km' }, '6650'],
  [{ measure: 'mean', of: 'km', column: 'country', value: 'Italy' }, '528.5'],
  [{ measure: 'count' }, '3'],
  [{ measure: 'sum', of: 'river' }, 'There are no numbers in river.'],
  [{ measure: 'sum' }, 'Name the column of numbers'],
  [{ measure: 'sum', of: 'depth' }, 'There is no column depth. There are: river, country, km.'],
])('measures %j', async (input, expected) => {
  expect(await told('measure_column', input)).toContain(expected)
})

test('needs a file', async () => {
  const run = runComponent(csvAgent, { model: fakeModel(''), path: [], input_value: 'x' })
  await expect(run).rejects.toThrow('There is no file.')
})
