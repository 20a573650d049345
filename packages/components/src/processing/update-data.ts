import { AppError } from '@runnel/protocol/errors'
import { data, defineComponent, field } from '@runnel/sdk'
import { checkTextKey, entriesOf, entryFields, madeFields } from '../shared/made-fields.ts'

export const updateData = defineComponent({
  type: 'UpdateData',
  aliases: ['UpdateDataComponent'],
  displayName: 'Update Data',
  description: 'Sets fields you name in JSON objects.',
  icon: 'FolderSync',
  category: 'processing',
  legacy: true,
  replacement: ['processing.Operations'],
  inputs: {
    old_data: field.data({ label: 'Data', info: 'The objects to change.', required: true, list: true }),
    number_of_fields: field.int({
      label: 'Number of Fields',
      info: 'How many fields are set.',
      default: 0,
      range: { step_type: 'int', min: 1, max: 15, step: 1 },
      refresh: true,
    }),
    ...madeFields,
  },
  dynamicInputs: entryFields,
  outputs: {
    data: {
      type: 'Data',
      label: 'Data',
      method: 'build_data',
      run({ inputs, dynamic }) {
        if (inputs.old_data.length === 0) {
          throw new AppError('invalid_field', ['old_data is not a Data object or list of Data objects.'])
        }
        const entries = entriesOf(inputs.number_of_fields, dynamic)
        const changed = inputs.old_data.map((one) =>
          data({ ...one.data, ...entries }, { ...one, text_key: inputs.text_key || one.text_key }),
        )
        if (inputs.text_key !== '' || inputs.text_key_validator) for (const one of changed) checkTextKey(one)
        const [only = data({}), ...others] = changed
        return others.length > 0 ? changed : only
      },
    },
  },
})
