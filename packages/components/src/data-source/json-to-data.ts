import { isObject } from '@runnel/protocol/json'
import { data, defineComponent } from '@runnel/sdk'
import { parseLenientJson } from '../shared/json-repair.ts'
import { sourceFields, textOfSource } from '../shared/one-source.ts'

const { file, path, text } = sourceFields('JSON')

export const jsonToData = defineComponent({
  type: 'JSONtoData',
  aliases: ['JSONToDataComponent'],
  displayName: 'Load JSON',
  description: 'Gives the object in a JSON file, or the objects of its list.',
  icon: 'braces',
  category: 'data_source',
  legacy: true,
  replacement: ['files_and_knowledge.File'],
  inputs: { json_file: file, json_path: path, json_string: text },
  outputs: {
    data: {
      type: 'Data',
      label: 'Data',
      method: 'convert_json_to_data',
      async run({ inputs: { json_file, json_path, json_string }, context }) {
        const source = await textOfSource('JSON', { file: json_file, path: json_path, text: json_string }, context)
        const value = parseLenientJson(source)
        const entriesOf = (item: unknown) => data(isObject(item) ? item : { value: item })
        return Array.isArray(value) ? value.map(entriesOf) : entriesOf(value)
      },
    },
  },
})
