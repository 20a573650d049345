import { AppError } from '@runnel/protocol/errors'
import { isObject } from '@runnel/protocol/json'
import { data, defineComponent, field, isData, isMessage, pyStr } from '@runnel/sdk'
import { runJq } from '../shared/jq.ts'
import { parseLenientJson } from '../shared/json-repair.ts'

export const parseJsonData = defineComponent({
  type: 'ParseJSONData',
  aliases: ['ParseJSONDataComponent'],
  displayName: 'Parse JSON',
  description: 'Takes parts out of JSON by a jq program.',
  icon: 'braces',
  category: 'processing',
  legacy: true,
  replacement: ['processing.ParserComponent'],
  inputs: {
    input_value: field.handle({
      label: 'Input',
      info: 'A Message or JSON.',
      required: true,
      accepts: ['Message', 'Data', 'JSON'],
    }),
    query: field.text({ label: 'JQ Query', info: 'A jq program, such as .items[].name.', required: true }),
  },
  outputs: {
    filtered_data: {
      type: 'Data',
      label: 'Filtered Data',
      method: 'filter_data',
      run({ inputs }) {
        const given = [inputs.input_value].flat().map(valueOfInput)
        const results = runJq(inputs.query, given.length === 1 ? given[0] : given)
        return results.map((result) => data(isObject(result) ? result : { text: pyStr(result) }))
      },
    },
  },
})

function valueOfInput(value: unknown): unknown {
  if (isData(value)) return value.data
  const text = isMessage(value) ? value.text : value
  if (typeof text === 'string') return parseLenientJson(text)
  throw new AppError('invalid_field', ['Invalid JSON: a Message or JSON is expected.'])
}
