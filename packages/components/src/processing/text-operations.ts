import { defineComponent, field, toData, toDataFrame, toMessage } from '@runnel/sdk'
import { chosenNames } from '../shared/cloud-fields.ts'
import { textOperations as operations, textFields } from '../shared/operation-fields.ts'
import { changeText, type TextSettings } from '../shared/text-operations.ts'

const changedBy = ({
  inputs,
}: {
  readonly inputs: TextSettings & { readonly operation: unknown; readonly text_input: string }
}) => changeText(chosenNames(inputs.operation)[0], inputs.text_input, inputs)

const more = { hidden: true, tool: false } as const

export const textOperations = defineComponent({
  type: 'TextOperations',
  aliases: ['TextOperationsComponent'],
  displayName: 'Text Operations',
  description: 'Changes a text by one of several operations.',
  icon: 'type',
  category: 'processing',
  legacy: true,
  replacement: ['processing.Operations'],
  documentation: 'https://docs.langflow.org/data-operations',
  inputs: {
    text_input: field.multiline({ label: 'Text Input', info: 'The text to change.', required: true }),
    operation: field.sortable({
      label: 'Operation',
      info: 'What is done.',
      options: operations,
      limit: 1,
      refresh: true,
      placeholder: 'Select Operation',
    }),
    ...textFields,
  },
  outputs: {
    message: { type: 'Message', label: 'Message', method: 'get_message', run: (args) => toMessage(changedBy(args)) },
    text: { type: 'Message', label: 'Text', method: 'get_text', ...more, run: (args) => toMessage(changedBy(args)) },
    data: { type: 'Data', label: 'JSON', method: 'get_data', ...more, run: (args) => toData(changedBy(args)) },
    dataframe: {
      type: 'DataFrame',
      label: 'Table',
      method: 'get_dataframe',
      ...more,
      run: (args) => toDataFrame(changedBy(args)),
    },
  },
})
