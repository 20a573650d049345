import { defineComponent, field, formatPython, message } from '@runnel/sdk'

export const parseDataFrame = defineComponent({
  type: 'ParseDataFrame',
  aliases: ['ParseDataFrameComponent'],
  displayName: 'Parse DataFrame',
  description: 'Writes each row of a table as text by a template.',
  icon: 'braces',
  category: 'processing',
  legacy: true,
  replacement: ['processing.Operations', 'processing.TypeConverterComponent'],
  inputs: {
    df: field.dataFrame({ label: 'DataFrame', info: 'The table to write.' }),
    template: field.multiline({
      label: 'Template',
      info: 'Text with the names of columns in braces.',
      default: '{text}',
    }),
    sep: field.string({ label: 'Separator', info: 'Stands between rows.', default: '\n', advanced: true }),
  },
  outputs: {
    text: {
      type: 'Message',
      label: 'Text',
      method: 'parse_data',
      run({ inputs: { df, template, sep } }) {
        const missing = Object.fromEntries((df?.columns ?? []).map((name) => [name, null]))
        return message((df?.rows ?? []).map((row) => formatPython(template, { ...missing, ...row })).join(sep))
      },
    },
  },
})
