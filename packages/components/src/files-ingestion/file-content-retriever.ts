import { AppError } from '@runnel/protocol/errors'
import { dataFrame, defineComponent, field, message, type RunArguments } from '@runnel/sdk'
import { oncePerBuild } from '../shared/build-memo.ts'
import { writeCsv } from '../shared/csv.ts'
import { type FileContents, fileContentsIn, keepFileContents } from '../shared/file-contents.ts'
import { extensionOf } from '../shared/stored-document.ts'

const inputs = {
  file_data: field.handle({
    label: 'File Data',
    info: 'What a Read File component gives.',
    accepts: ['Data', 'JSON', 'DataFrame', 'Table', 'Message'],
    list: true,
  }),
  persistent_dir: field.string({
    label: 'Persistent Directory',
    info: 'A name under which the files are kept from one run to the next. Without it, they are known for one run.',
  }),
  file_path: field.query({
    label: 'File Path',
    info: 'The path of the file as it was given, such as reports/2026.csv.',
    tool: true,
  }),
} as const
type Args = RunArguments<typeof inputs>

/** The kinds Langflow makes tables of. */
const TABLES = ['csv', 'json', 'parquet', 'tsv', 'xls', 'xlsx']
const MOST_NAMED = 5

export const fileContentRetriever = defineComponent({
  type: 'FileContentRetriever',
  aliases: ['FileContentRetrieverComponent'],
  displayName: 'File Content Retriever',
  description: 'Gives what is in one of several files, by its path: a tool with which an agent reads them.',
  icon: 'file-text',
  category: 'files_ingestion',
  inputs,
  outputs: {
    content: {
      type: 'Message',
      label: 'File Content',
      method: 'retrieve_content',
      info: 'Gives the text of a file. Pass its path alone, as a text.',
      async run(args) {
        const path = args.inputs.file_path
        const files = await known(args)
        if (path === '') return message('')
        const table = files.tables.get(path)
        const text = files.texts.get(path) ?? (table && writeCsv(table.columns, table.rows))
        if (text === undefined) throw new AppError('invalid_field', [`File '${path}' not found. ${available(files)}`])
        return message(text)
      },
    },
    dataframe: {
      type: 'DataFrame',
      label: 'Table',
      method: 'retrieve_content_as_dataframe',
      info: 'Gives a file of rows as a table: CSV, TSV, JSON or a spreadsheet. Pass its path alone, as a text.',
      async run(args) {
        const path = args.inputs.file_path
        const files = await known(args)
        if (path === '') return dataFrame([])
        const kind = extensionOf(path)
        if (!TABLES.includes(kind)) {
          const why = `File type '.${kind}' is not supported for DataFrame conversion.`
          const supported = TABLES.map((one) => `.${one}`).join(', ')
          throw new AppError('invalid_field', [`${why} Supported formats: ${supported}. File: '${path}'`])
        }
        const table = files.tables.get(path)
        if (!table) throw new AppError('invalid_field', [`File '${path}' not found. ${available(files)}`])
        return table
      },
    },
  },
})

function known({ inputs: { file_data, persistent_dir }, context }: Args): Promise<FileContents> {
  return oncePerBuild(context, 'files', async () => {
    const given = await fileContentsIn(file_data)
    return persistent_dir.trim() === '' ? given : keepFileContents(persistent_dir.trim(), given, context)
  })
}

function available({ texts, tables }: FileContents): string {
  const paths = [...new Set([...texts.keys(), ...tables.keys()])].sort()
  if (paths.length === 0) return 'No files were provided in file_data.'
  const more = paths.length > MOST_NAMED ? ` (and ${paths.length - MOST_NAMED} more)` : ''
  return `Available files: ${paths.slice(0, MOST_NAMED).join(', ')}${more}`
}
