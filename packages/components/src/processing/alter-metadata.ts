import {
  type Data,
  data,
  dataFrame,
  defineComponent,
  field,
  type InputsOf,
  isMessage,
  messageFields,
  toData,
} from '@runnel/sdk'

const inputs = {
  input_value: field.handle({
    label: 'Input',
    info: 'What is changed.',
    accepts: ['Message', 'Data', 'JSON'],
    list: true,
  }),
  text_in: field.string({ label: 'User Text', info: 'A text that is put in front.' }),
  metadata: field.nestedDict({
    label: 'Metadata',
    info: 'Keys and values each object gets.',
    required: true,
    accepts: ['Data', 'JSON'],
  }),
  remove_fields: field.text({ label: 'Fields to Remove', info: 'Keys each object loses.', list: true }),
}
type Altering = InputsOf<typeof inputs>

export const alterMetadata = defineComponent({
  type: 'AlterMetadata',
  aliases: ['AlterMetadataComponent'],
  displayName: 'Alter Metadata',
  description: 'Adds keys to JSON objects and takes others out.',
  icon: 'merge',
  category: 'processing',
  legacy: true,
  replacement: ['processing.Operations'],
  inputs,
  outputs: {
    data: { type: 'Data', label: 'Data', method: 'process_output', run: ({ inputs }) => altered(inputs) },
    dataframe: {
      type: 'DataFrame',
      label: 'DataFrame',
      method: 'as_dataframe',
      run: ({ inputs }) => dataFrame(altered(inputs).map((one) => one.data)),
    },
  },
})

function altered({ input_value, text_in, metadata, remove_fields }: Altering): readonly Data[] {
  const given = input_value.map((value) => (isMessage(value) ? data(messageFields(value)) : toData(value)))
  const all = text_in === '' ? given : [data({ text: text_in }), ...given]
  return all.map((one) => {
    const entries = Object.entries({ ...one.data, ...metadata }).filter(([key]) => !remove_fields.includes(key))
    return data(Object.fromEntries(entries), one)
  })
}
