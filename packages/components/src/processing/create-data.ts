import { data, defineComponent, field } from '@runnel/sdk'
import { checkTextKey, entriesOf, entryFields, madeFields } from '../shared/made-fields.ts'

export const createData = defineComponent({
  type: 'CreateData',
  aliases: ['CreateDataComponent'],
  displayName: 'Create Data',
  description: 'Makes a JSON object of fields you name.',
  icon: 'ListFilter',
  category: 'processing',
  legacy: true,
  replacement: ['processing.Operations'],
  inputs: {
    number_of_fields: field.int({
      label: 'Number of Fields',
      info: 'How many fields the object is made of.',
      default: 1,
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
      run({ inputs, dynamic, context }) {
        const made = data(entriesOf(inputs.number_of_fields, dynamic), { text_key: inputs.text_key || 'text' })
        if (inputs.text_key_validator) checkTextKey({ ...made, text_key: inputs.text_key })
        context.setStatus(made)
        return made
      },
    },
  },
})
