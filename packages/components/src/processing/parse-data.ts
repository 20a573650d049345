import { isObject } from '@runnel/protocol/json'
import { type Data, data, defineComponent, field, formatPython, message, textOfData } from '@runnel/sdk'

export const parseData = defineComponent({
  type: 'ParseData',
  aliases: ['ParseDataComponent'],
  displayName: 'Data to Message',
  description: 'Writes JSON as text by a template.',
  icon: 'message-square',
  category: 'processing',
  legacy: true,
  replacement: ['processing.Operations', 'processing.TypeConverterComponent'],
  inputs: {
    data: field.data({ label: 'Data', info: 'The JSON to write.', required: true, list: true }),
    template: field.multiline({
      label: 'Template',
      info: 'Text with the names of keys in braces; {data} is the whole object.',
      default: '{text}',
      required: true,
    }),
    sep: field.string({ label: 'Separator', info: 'Stands between objects.', default: '\n', advanced: true }),
  },
  outputs: {
    text: {
      type: 'Message',
      label: 'Message',
      method: 'parse_data',
      info: 'One text of all objects, with the separator between them.',
      run: ({ inputs }) => message(inputs.data.map((one) => textBy(inputs.template, one)).join(inputs.sep)),
    },
    data_list: {
      type: 'Data',
      label: 'Data List',
      method: 'parse_data_as_list',
      info: 'The objects, each with its text.',
      run: ({ inputs }) => inputs.data.map((one) => data({ ...one.data, text: textBy(inputs.template, one) }, one)),
    },
  },
})

/** Names the data lacks give nothing. An error stands for the text, an inner `data` brings its keys along. */
function textBy(template: string, one: Data): string {
  const { data: entries } = one
  const inner = isObject(entries.data) ? entries.data : {}
  const error = 'error' in entries && !('text' in entries) ? { text: entries.error } : {}
  const values = { text: textOfData(one), ...inner, ...error, ...entries, data: entries }
  return formatPython(template, values, () => '')
}
