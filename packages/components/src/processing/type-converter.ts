import { isObject } from '@runnel/protocol/json'
import {
  type Data,
  data,
  dataFrame,
  defineComponent,
  field,
  isData,
  isMessage,
  type Message,
  message,
  toData,
  toDataFrame,
  toText,
} from '@runnel/sdk'
import { parseCsv } from '../shared/csv.ts'

export const typeConverter = defineComponent({
  type: 'TypeConverterComponent',
  displayName: 'Type Convert',
  description: 'Turns a Message, JSON or a table into another of these.',
  icon: 'repeat',
  category: 'processing',
  documentation: 'https://docs.langflow.org/type-convert',
  inputs: {
    input_data: field.handle({
      label: 'Input',
      info: 'What is turned into another type.',
      required: true,
      accepts: ['Message', 'Data', 'JSON', 'DataFrame', 'Table'],
    }),
    auto_parse: field.bool({
      label: 'Auto Parse',
      info: 'A text that is JSON or CSV becomes what it says.',
      advanced: true,
    }),
    output_type: field.tab({
      label: 'Output Type',
      info: 'The type that is given.',
      options: ['Message', 'JSON', 'Table'],
      default: 'Message',
      refresh: true,
    }),
  },
  outputs: {
    message_output: {
      type: 'Message',
      label: 'Message Output',
      method: 'convert_to_message',
      run: ({ inputs }) => asMessage(firstOf(inputs.input_data)),
    },
    data_output: {
      type: 'Data',
      label: 'JSON Output',
      method: 'convert_to_data',
      run: async ({ inputs }) => {
        const value = firstOf(inputs.input_data)
        return inputs.auto_parse && isMessage(value) ? parsed(value.text) : toData(value)
      },
    },
    dataframe_output: {
      type: 'DataFrame',
      label: 'Table Output',
      method: 'convert_to_dataframe',
      run: async ({ inputs }) => {
        const value = firstOf(inputs.input_data)
        return tableOf(inputs.auto_parse && isMessage(value) ? await parsed(value.text) : value)
      },
    },
  },
})

function firstOf(value: unknown): unknown {
  const one: unknown = Array.isArray(value) ? value[0] : value
  return typeof one === 'string' ? message(one) : one
}

/** A Data with its text key gives that text; everything else is written for people. */
function asMessage(value: unknown): Message {
  if (isMessage(value)) return value
  if (isData(value) && typeof value.data[value.text_key] === 'string')
    return message(String(value.data[value.text_key]))
  return message(isData(value) ? JSON.stringify(value.data) : toText(value, { clean: true }))
}

function tableOf(value: unknown) {
  const records = isData(value) && Object.keys(value.data).join() === 'records' ? value.data.records : undefined
  return Array.isArray(records) && records.every(isObject) ? dataFrame(records) : toDataFrame(value)
}

async function parsed(text: string): Promise<Data> {
  try {
    const value: unknown = JSON.parse(text)
    if (isObject(value)) return data(value)
    if (Array.isArray(value) && value.every(isObject)) return data({ records: value })
  } catch {
    // No JSON: it may be CSV.
  }
  const lines = text.trim().split('\n')
  return lines.length > 1 && lines[0]?.includes(',') ? data({ records: await parseCsv(text) }) : data({ text })
}
