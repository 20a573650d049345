import { data, defineComponent, field } from '@runnel/sdk'
import { parseCsv } from '../shared/csv.ts'
import { sourceFields, textOfSource } from '../shared/one-source.ts'

const { file, path, text } = sourceFields('CSV')

export const csvToData = defineComponent({
  type: 'CSVtoData',
  aliases: ['CSVToDataComponent'],
  displayName: 'Load CSV',
  description: 'Gives the rows of a CSV file as JSON.',
  icon: 'file-spreadsheet',
  category: 'data_source',
  legacy: true,
  replacement: ['files_and_knowledge.File'],
  inputs: {
    csv_file: file,
    csv_path: path,
    csv_string: text,
    text_key: field.text({ label: 'Text Key', info: 'The column that is the text.', default: 'text' }),
  },
  outputs: {
    data_list: {
      type: 'Data',
      label: 'Data List',
      method: 'load_csv_to_data',
      async run({ inputs: { csv_file, csv_path, csv_string, text_key }, context }) {
        const source = await textOfSource('CSV', { file: csv_file, path: csv_path, text: csv_string }, context)
        return (await parseCsv(source)).map((row) => data(row, { text_key }))
      },
    },
  },
})
