import { AppError } from '@runnel/protocol/errors'
import {
  type Data,
  defineComponent,
  type Fields,
  field,
  formatPython,
  isData,
  isDataFrame,
  isMessage,
  message,
  pyRepr,
  toText,
} from '@runnel/sdk'

export const parser = defineComponent({
  type: 'ParserComponent',
  aliases: ['parser'],
  displayName: 'Parser',
  description: 'Writes JSON or a table as text, by a template or as it is.',
  icon: 'braces',
  category: 'processing',
  documentation: 'https://docs.langflow.org/parser',
  inputs: {
    input_data: field.handle({
      label: 'JSON or Table',
      info: 'A JSON object, a list of them, or a table.',
      required: true,
      accepts: ['DataFrame', 'Table', 'Data', 'JSON'],
    }),
    mode: field.tab({
      label: 'Mode',
      info: 'Parser writes the template once per row. Stringify writes the whole input.',
      options: ['Parser', 'Stringify'],
      default: 'Parser',
      refresh: true,
    }),
    pattern: field.multiline({
      label: 'Template',
      info: 'Text with the names of keys or columns in braces: `{title} by {author}`.',
      default: 'Text: {text}',
      required: true,
    }),
    sep: field.text({ label: 'Separator', info: 'Stands between rows.', default: '\n', advanced: true }),
  },
  dynamicInputs: ({ mode }): Fields => (mode === 'Stringify' ? { clean_data: cleanData } : {}),
  outputs: {
    parsed_text: {
      type: 'Message',
      label: 'Parsed Text',
      method: 'parse_combined_text',
      run({ inputs, dynamic }) {
        const { input_data, mode, sep } = inputs
        if (input_data === undefined || input_data === null) throw unsupported(input_data)
        if (mode === 'Stringify') return message(toText(input_data, { clean: dynamic.clean_data !== false }))
        // Nodes of 1.3 have their template in a field of that name.
        const pattern = typeof dynamic.template === 'string' ? dynamic.template : inputs.pattern
        return message(rowTexts(input_data, pattern).join(sep))
      },
    },
  },
})

const cleanData = field.bool({
  label: 'Clean Data',
  info: 'Leave out empty rows and blank cells of tables.',
  default: true,
  advanced: true,
})

function rowTexts(value: unknown, pattern: string): readonly string[] {
  if (isDataFrame(value)) return value.rows.map((row) => formatPython(pattern, rowOf(value.columns, row)))
  if (isData(value)) return [dataText(value, pattern)]
  if (Array.isArray(value) && value.every(isData)) return value.map((item) => dataText(item, pattern))
  throw unsupported(value)
}

function unsupported(value: unknown): AppError {
  const got = isMessage(value) ? 'Message' : pyRepr(value)
  return new AppError('invalid_field', [`Unsupported input type: ${got}. Expected DataFrame, Data, or list[Data].`])
}

/** A key that a Data lacks is empty; a column a table lacks is an error. */
const dataText = ({ data }: Data, pattern: string): string => formatPython(pattern, data, () => '')

/** Cells a row lacks are there, without a value. */
const rowOf = (columns: readonly string[], row: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(columns.map((name) => [name, Object.hasOwn(row, name) ? row[name] : null]))
