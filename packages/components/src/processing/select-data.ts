import { AppError } from '@runnel/protocol/errors'
import { defineComponent, field } from '@runnel/sdk'

export const selectData = defineComponent({
  type: 'SelectData',
  aliases: ['SelectDataComponent'],
  displayName: 'Select Data',
  description: 'Gives one of several JSON objects by its place.',
  icon: 'prototypes',
  category: 'processing',
  beta: true,
  legacy: true,
  replacement: ['processing.Operations'],
  inputs: {
    data_list: field.data({ label: 'Data List', info: 'The objects to choose from.', list: true }),
    data_index: field.int({
      label: 'Data Index',
      info: 'The place, from 0.',
      default: 0,
      range: { step_type: 'int', min: 0, max: 15, step: 1 },
    }),
  },
  outputs: {
    selected_data: {
      type: 'Data',
      label: 'Selected Data',
      method: 'select_data',
      run({ inputs: { data_list, data_index } }) {
        const selected = data_index < 0 ? undefined : data_list[data_index]
        if (!selected) throw new AppError('invalid_field', [`Selected index ${data_index} is out of range.`])
        return selected
      },
    },
  },
})
