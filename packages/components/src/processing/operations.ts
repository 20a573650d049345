import {
  type DataFrame,
  dataFrame,
  defineComponent,
  field,
  isDataFrame,
  type RunArguments,
  toData,
  toDataFrame,
  toMessage,
} from '@runnel/sdk'
import { chosenNames } from '../shared/cloud-fields.ts'
import { changeJson } from '../shared/json-operations.ts'
import {
  jsonFields,
  jsonOperations,
  tableFields,
  tableOperations,
  textFields,
  textOperations,
} from '../shared/operation-fields.ts'
import { changeTable } from '../shared/table-operations.ts'
import { changeText } from '../shared/text-operations.ts'

const inputs = {
  input_type: field.tab({
    label: 'Input Type',
    info: 'What is changed.',
    options: ['Text', 'JSON', 'Table'],
    default: 'Text',
    refresh: true,
  }),
  text_input: field.multiline({ label: 'Text', info: 'The text to change.' }),
  data: field.data({ label: 'JSON', info: 'The object to change; several for Combine.', list: true, show: false }),
  df: field.handle({
    label: 'Table',
    info: 'The table to change; several for Concatenate.',
    accepts: ['DataFrame', 'Table'],
    list: true,
    show: false,
  }),
  operation: field.sortable({
    label: 'Operation',
    info: 'What is done.',
    options: [...textOperations, ...jsonOperations.filter(({ name }) => name !== 'Filter Values'), ...tableOperations],
    limit: 1,
    refresh: true,
    placeholder: 'Select Operation',
  }),
  ...jsonFields,
  ...tableFields,
  ...textFields,
}
type Arguments = RunArguments<typeof inputs>

export const operations = defineComponent({
  type: 'Operations',
  aliases: ['OperationsComponent'],
  displayName: 'Operations',
  description: 'Changes a text, JSON or a table by one of many operations.',
  icon: 'square-function',
  category: 'processing',
  documentation: 'https://docs.langflow.org/data-operations',
  inputs,
  outputs: {
    message_output: {
      type: 'Message',
      label: 'Message',
      method: 'as_message',
      run: (args) => toMessage(changedBy(args)),
    },
    data_output: {
      type: 'Data',
      label: 'JSON',
      method: 'as_data',
      hidden: true,
      tool: false,
      run: (args) => {
        const result = changedBy(args)
        return Array.isArray(result) ? result.map(toData) : toData(result)
      },
    },
    dataframe_output: {
      type: 'DataFrame',
      label: 'Table',
      method: 'as_dataframe',
      hidden: true,
      tool: false,
      run: (args) => toDataFrame(changedBy(args)),
    },
    text_output: {
      type: 'Message',
      label: 'Text',
      method: 'as_text',
      hidden: true,
      tool: false,
      run: (args) => toMessage(changedBy(args)),
    },
  },
})

function changedBy({ inputs }: Arguments) {
  const [operation] = chosenNames(inputs.operation)
  if (inputs.input_type === 'Text') return changeText(operation, inputs.text_input, inputs)
  if (inputs.input_type === 'Table') return changeTable(operation, tablesIn(inputs.df), inputs)
  const none = { filter_key: [], operator: 'equals', filter_values: {} } as const
  return changeJson(operation, inputs.data, { ...inputs, ...none })
}

const tablesIn = (values: readonly unknown[]): readonly DataFrame[] =>
  values.length === 0 ? [dataFrame([])] : values.map((value) => (isDataFrame(value) ? value : toDataFrame(value)))
