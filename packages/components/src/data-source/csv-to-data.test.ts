import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { csvToData } from './csv-to-data.ts'

const stored = (name: string) => ({ name, mediaType: '', bytes: new TextEncoder().encode('a,b\n1,"x,y"\n') })
const files = { 'f/t.csv': stored('t.csv'), 'f/t.txt': stored('t.txt') }

test.each([[{ csv_file: ['f/t.csv'] }], [{ csv_path: 'f/t.csv' }], [{ csv_string: 'a,b\r\n1,"x,y"' }]])(
  'reads rows from %j',
  async (inputs) => {
    const { data_list } = await runComponent(csvToData, { ...inputs, text_key: 'b' }, { files })
    expect(data_list).toMatchObject([{ data: { a: '1', b: 'x,y' }, text_key: 'b' }])
  },
)

test.each([
  [{}, 'Please provide exactly one of: CSV file, file path, or CSV string.'],
  [{ csv_path: 'f/t.csv', csv_string: 'a' }, 'exactly one of'],
  [{ csv_path: 'f/t.txt' }, 'The provided file must be a CSV file.'],
])('fails with %j', async (inputs, why) => {
  await expect(runComponent(csvToData, inputs, { files })).rejects.toThrow(why)
})
