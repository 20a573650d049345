import { defineComponent, field, toDataFrame } from '@runnel/sdk'
import { chosenNames } from '../shared/cloud-fields.ts'
import { tableFields, tableOperations } from '../shared/operation-fields.ts'
import { changeTable } from '../shared/table-operations.ts'

export const dataFrameOperations = defineComponent({
  type: 'DataFrameOperations',
  aliases: ['DataFrameOperationsComponent'],
  displayName: 'DataFrame Operations',
  description: 'Changes a table by one of several operations.',
  icon: 'table',
  category: 'processing',
  legacy: true,
  replacement: ['processing.Operations'],
  documentation: 'https://docs.langflow.org/data-operations',
  inputs: {
    df: field.handle({
      label: 'Table',
      info: 'The table to change; several for Concatenate.',
      required: true,
      list: true,
      accepts: ['DataFrame', 'Table'],
    }),
    operation: field.sortable({
      label: 'Operation',
      info: 'What is done.',
      options: tableOperations,
      limit: 1,
      refresh: true,
      placeholder: 'Select Operation',
    }),
    ...tableFields,
  },
  outputs: {
    output: {
      type: 'DataFrame',
      label: 'Table',
      method: 'perform_operation',
      run: ({ inputs }) => {
        // Nodes of 1.6 and before take one table, not a list.
        const tables = [inputs.df].flat().map(toDataFrame)
        return changeTable(chosenNames(inputs.operation)[0], tables, inputs)
      },
    },
  },
})
