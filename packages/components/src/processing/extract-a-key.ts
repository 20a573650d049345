import { data, defineComponent, field, isData } from '@runnel/sdk'

export const extractAKey = defineComponent({
  type: 'ExtractaKey',
  aliases: ['ExtractDataKeyComponent'],
  displayName: 'Extract Key',
  description: 'Gives one key of JSON objects and its value.',
  icon: 'key',
  category: 'processing',
  legacy: true,
  replacement: ['processing.Operations'],
  inputs: {
    data_input: field.handle({
      label: 'Data Input',
      info: 'The object, or several.',
      accepts: ['Data', 'JSON'],
    }),
    key: field.string({ label: 'Key to Extract', info: 'The key.' }),
  },
  outputs: {
    extracted_data: {
      type: 'Data',
      label: 'Extracted Data',
      method: 'extract_key',
      run({ inputs: { data_input, key } }) {
        if (Array.isArray(data_input)) {
          const having = data_input.filter(isData).filter((one) => Object.hasOwn(one.data, key))
          return having.map((one) => data({ [key]: one.data[key] }))
        }
        if (!isData(data_input)) {
          return data({ error: 'Invalid input. Expected Data object or list of Data objects.' })
        }
        if (Object.hasOwn(data_input.data, key)) return data({ [key]: data_input.data[key] })
        return data({ error: `Key '${key}' not found in Data object.` })
      },
    },
  },
})
