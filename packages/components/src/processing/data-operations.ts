import { defineComponent, field } from '@runnel/sdk'
import { chosenNames } from '../shared/cloud-fields.ts'
import { changeJson } from '../shared/json-operations.ts'
import { filterFields, jsonFields, jsonOperations } from '../shared/operation-fields.ts'

export const dataOperations = defineComponent({
  type: 'DataOperations',
  aliases: ['DataOperationsComponent'],
  displayName: 'Data Operations',
  description: 'Changes a JSON object by one of several operations.',
  icon: 'file-json',
  category: 'processing',
  legacy: true,
  replacement: ['processing.Operations'],
  documentation: 'https://docs.langflow.org/data-operations',
  inputs: {
    data: field.data({ label: 'JSON', info: 'The object to change; several for Combine.', required: true, list: true }),
    operations: field.sortable({
      label: 'Operations',
      info: 'What is done.',
      options: jsonOperations,
      limit: 1,
      refresh: true,
      placeholder: 'Select Operation',
    }),
    ...filterFields,
    ...jsonFields,
  },
  outputs: {
    data_output: {
      type: 'Data',
      label: 'JSON',
      method: 'as_data',
      run: ({ inputs }) => changeJson(chosenNames(inputs.operations)[0], inputs.data, inputs),
    },
  },
})
